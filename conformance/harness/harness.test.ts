// The same scripts in Python's Harness and in ours: what calls give, what the charm sees, and errors are the same.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { peerPath, testWithPeers } from '../peers.ts';
import { DIFFERENCES } from './differences.ts';
import { playScript } from './play.ts';
import { META, type Outcome, type Script } from './script.ts';
import { actionScripts } from './scripts/actions.ts';
import { lifecycleScripts } from './scripts/lifecycle.ts';
import { nounScripts } from './scripts/nouns.ts';
import { relationScripts } from './scripts/relations.ts';

const SCRIPTS = [...relationScripts, ...lifecycleScripts, ...actionScripts, ...nounScripts];

void test('there are 100 scripts, each with a name of its own, and at most 10 differences', () => {
  assert(SCRIPTS.length >= 100, `${SCRIPTS.length}`);
  assert.equal(new Set(SCRIPTS.map(({ name }) => name)).size, SCRIPTS.length);
  assert(DIFFERENCES.length <= 10);
});

testWithPeers('scripts play as in Python', ['python'], async (t) => {
  const all = [...SCRIPTS, ...DIFFERENCES.map(({ script }) => script)];
  const [theirs, ours] = await Promise.all([inPython(all), Promise.all(all.map(playScript))]);
  for (const [index, { name, calls }] of SCRIPTS.entries()) {
    await t.test(name, () => {
      const named = (outcomes: readonly Outcome[] = []) => calls.map(([verb], call) => [verb, outcomes[call]]);
      assert.deepEqual(asJson(named(ours[index])), asJson(named(theirs[index])));
    });
  }
  for (const [index, { script, python, here }] of DIFFERENCES.entries()) {
    await t.test(`differs: ${script.name}`, () => {
      assert.deepEqual(asJson(theirs[SCRIPTS.length + index]?.at(-1)), python);
      assert.deepEqual(asJson(ours[SCRIPTS.length + index]?.at(-1)), here);
    });
  }
});

async function inPython(scripts: readonly Script[]): Promise<readonly (readonly Outcome[])[]> {
  const program = spawn(peerPath('python'), [join(import.meta.dirname, 'play.py')], { stdio: 'pipe' });
  program.stdin.end(JSON.stringify(scripts.map((script) => ({ meta: META, ...script }))));
  const [results, errors] = await Promise.all([text(program.stdout), text(program.stderr)]);
  if (results === '') throw new Error(errors);
  return JSON.parse(results) as Outcome[][];
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
