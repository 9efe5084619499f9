// Python ops's own client touches each of its methods: what it gets from the embedded Pebble is what it gets from the real one.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peerPath, testWithPeers } from '../peers.ts';
import { withEmbedded, withReal, type World } from './worlds.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'drive.py');

async function drive({ socketPath, directory }: World): Promise<string[]> {
  const { stdout } = await run(peerPath('python'), [script, socketPath, join(directory, 'files')]);
  return stdout.trim().split('\n');
}

testWithPeers('every method of the Python client', ['pebble', 'python'], async () => {
  const [real, embedded] = await Promise.all([withReal(drive), withEmbedded(drive)]);
  assert.deepEqual(embedded, real);
  assert.equal(embedded.at(-1), '["untouched", []]');
});
