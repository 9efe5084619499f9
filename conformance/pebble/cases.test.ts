// The suite: each case is played to the real Pebble and to the embedded one, and what came of it must be the same. The cases of a group
// follow each other in one Pebble.

import assert from 'node:assert/strict';
import { testWithPeers } from '../peers.ts';
import type { Case } from './case.ts';
import { changes } from './cases/changes.ts';
import { checks } from './cases/checks.ts';
import { exec } from './cases/exec.ts';
import { files } from './cases/files.ts';
import { http } from './cases/http.ts';
import { identities } from './cases/identities.ts';
import { layers } from './cases/layers.ts';
import { logs } from './cases/logs.ts';
import { notices } from './cases/notices.ts';
import { services } from './cases/services.ts';
import { play } from './play.ts';
import { withEmbedded, withMemory, withReal, type World } from './worlds.ts';

const groups = { changes, checks, exec, files, http, identities, layers, logs, notices, services };

// Those that need neither programs nor the machine's own files.
const inMemory = ['changes', 'http', 'identities', 'layers', 'notices'];

testWithPeers('both Pebbles do the same', ['pebble'], async (context) => {
  const played = Object.entries(groups).map(async ([group, cases]) => {
    const worlds = inMemory.includes(group) ? [withEmbedded, withMemory] : [withEmbedded];
    const [real, ...ours] = await Promise.all([withReal, ...worlds].map((withWorld) => withWorld(playAll(cases))));
    for (const [index, { name }] of cases.entries()) {
      await context.test(`${group}: ${name}`, () => {
        for (const each of ours) assert.deepEqual(each[index], real?.[index]);
      });
    }
  });
  await Promise.all(played);
});

function playAll(cases: readonly Case[]) {
  return async (world: World): Promise<unknown[][]> => {
    const results: unknown[][] = [];
    for (const { steps } of cases) results.push(await play(world, steps));
    return results;
  };
}
