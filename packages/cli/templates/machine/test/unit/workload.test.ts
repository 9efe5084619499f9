// The workload itself, as a process.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Workload } from '../../src/workload.ts';

test('it is installed, runs, moves and stops', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'my-charm-'));
  const workload = new Workload(directory.path);
  assert.equal(await workload.install(), '1.0.0');
  assert.equal(await workload.isRunning(), false);
  await workload.run('127.0.0.1', await freePort());
  const port = await freePort();
  await workload.run('127.0.0.1', port);
  assert.equal(await (await fetch(`http://127.0.0.1:${port}`)).text(), 'Hello from my-charm\n');
  await workload.stop();
  assert.equal(await workload.isRunning(), false);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
