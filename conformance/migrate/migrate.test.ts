// What `charmed migrate` reads in the code of a Python charm is what Python ops observes when it runs that charm.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@charmed/cli';
import { repositoryRoot } from '../../tools/checks/workspace.ts';
import { peerPath, testWithPeers } from '../peers.ts';

const PROJECT = join(repositoryRoot, 'packages/cli/test/python-charm');

/** An event of the charm itself, and one whose relation is named by a loop over metadata. They are on the list of what is not read. */
const NOT_READ: readonly string[] = ['notes_ready', 'replicas_relation_departed'];

testWithPeers('what is observed is what Python ops observes', ['python'], async () => {
  const script = join(import.meta.dirname, 'observed.py');
  const printed = execFileSync(peerPath('python'), [script, PROJECT], { encoding: 'utf8' });
  const observed = JSON.parse(printed) as readonly (readonly [event: string, method: string])[];
  using directory = mkdtempDisposableSync(join(tmpdir(), 'charmed-migrate-'));
  const { observations, unread } = await migrate(PROJECT, { output: join(directory.path, 'wiki') });
  assert.equal(unread, NOT_READ.length);
  const ours = observations.map(({ event, method }) => `${event.replaceAll('-', '_')} ${method}`);
  const theirs = observed.filter(([event]) => !NOT_READ.includes(event)).map((pair) => pair.join(' '));
  assert.deepEqual(ours.toSorted(), theirs.toSorted());
  assert.ok(theirs.length > 10);
});
