// A Pebble that is killed, or hangs, in the middle of everything: typed errors, and neither descriptors nor processes are left. Both
// Pebbles.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PebbleClient, PebbleConnectionError, PebbleTimeoutError, unixHttpTransport } from '@charmed/ops/pebble';
import { noMoreOpenThan, openFiles } from '../../packages/ops/test/pebble/open-files.ts';
import { gone, running } from '../../packages/sim/test/pebble/running.ts';
import { testWithPeers } from '../peers.ts';
import { type CommandOf, embedded, type PebbleProcess, real, startProcess } from './process.ts';

interface World {
  readonly directory: string;
  readonly socketPath: string;
  readonly client: PebbleClient;
  readonly pebble: PebbleProcess;
  /** Starts another Pebble there. */
  readonly start: () => Promise<PebbleProcess>;
}

/** Everything that runs in it has the directory in its command line, and ends with the directory. */
async function withProcess(commandOf: CommandOf, body: (world: World) => Promise<void>): Promise<void> {
  const before = openFiles();
  const directory = mkdtempSync(join(tmpdir(), 'charmed-killed-'));
  mkdirSync(join(directory, 'layers'));
  const socketPath = join(directory, '.pebble.socket');
  const start = () => startProcess(commandOf, directory, socketPath);
  const pebble = await start();
  try {
    await body({ directory, socketPath, client: new PebbleClient(unixHttpTransport(socketPath)), pebble, start });
  } finally {
    await pebble.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  await gone(directory);
  await noMoreOpenThan(before);
}

function forBoth(name: string, body: (world: World) => Promise<void>): void {
  testWithPeers(`${name}: the real Pebble`, ['pebble'], () => withProcess(real, body));
  testWithPeers(`${name}: the embedded Pebble`, [], () => withProcess(embedded, body));
}

/** Follows work from now on. The function asserts that all of it breaks. */
function breaking(work: Readonly<Record<string, PromiseLike<unknown> | undefined>>): () => Promise<void> {
  const outcomes = Promise.allSettled(Object.values(work).map(async (each) => await each));
  return async () => {
    for (const [index, outcome] of (await outcomes).entries()) {
      const name = Object.keys(work)[index];
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof PebbleConnectionError, name);
    }
  };
}

/** What a command or a service does until the directory is gone. */
const untilGone = (directory: string) => `while [ -e ${directory} ]; do sleep 0.1; done`;

forBoth('killed in the middle of a push, small or large', async ({ client, directory, pebble }) => {
  const isSending = Promise.withResolvers<void>();
  const isDead = Promise.withResolvers<void>();
  async function* content(): AsyncGenerator<Uint8Array> {
    for (let count = 0; ; count += 1) {
      yield Buffer.alloc(64 * 1024);
      if (count !== 50) continue;
      isSending.resolve();
      await isDead.promise;
    }
  }
  const assertBroken = breaking({ push: client.push(join(directory, 'large'), content()) });
  await isSending.promise;
  await pebble.kill('SIGKILL');
  isDead.resolve();
  await assertBroken();
  await breaking({ another: client.push(join(directory, 'small'), 'content') })();
});

forBoth('killed in the middle of a pull', async ({ client, directory, pebble }) => {
  const path = join(directory, 'large');
  writeFileSync(path, Buffer.alloc(32 << 20));
  const reader = client.pull(path)[Symbol.asyncIterator]();
  await reader.next();
  await pebble.kill('SIGKILL');
  const rest = (async () => {
    while (!(await reader.next()).done);
  })();
  await breaking({ rest })();
});

forBoth('killed in the middle of commands', async ({ client, directory, pebble }) => {
  const marker = join(directory, 'command');
  const start = (options = {}) => client.exec(['sh', '-c', `echo begun; ${untilGone(directory)}`, marker], options);
  const [read, waited, whole, merged] = [start(), start(), start(), start({ combineStderr: true })];
  const reader = read.stdout[Symbol.asyncIterator]();
  await reader.next();
  await waited.stdin?.write('input');
  const assertBroken = breaking({
    read: reader.next(),
    exit: read.wait(),
    wait: waited.wait(),
    waitOutput: whole.waitOutput(),
    merged: merged.waitOutput(),
  });
  while (running(marker).length < 4) await client.getSystemInfo();
  await pebble.kill('SIGKILL');
  await assertBroken();
  const after = { write: waited.stdin?.write('more'), signal: read.sendSignal('SIGTERM'), another: start().wait() };
  await breaking(after)();
});

forBoth('killed in the middle of waits', async ({ client, directory, pebble }) => {
  const script = `echo begun; ${untilGone(directory)}`;
  await client.addLayer('base', {
    services: { web: { override: 'replace', command: `sh -c "${script}" ${directory}` } },
  });
  const logs = client.followLogs({ count: Infinity });
  // Who follows hears services that have been started by then.
  await client.startServices(['web']);
  await logs.next();
  const exit = client.exec(['sh', '-c', untilGone(directory), directory]).wait();
  let waited: string | undefined;
  while (waited === undefined) waited = (await client.getChanges()).find(({ kind }) => kind === 'exec')?.id;
  const assertBroken = breaking({
    logs: logs.next(),
    change: client.waitChange(waited),
    notices: client.waitNotices({ types: ['custom'] }),
    exit,
  });
  await client.getSystemInfo();
  await pebble.kill('SIGKILL');
  await assertBroken();
  await breaking({ info: client.getSystemInfo(), change: client.waitChange(waited) })();
});

forBoth('hanging: given up in time, and asked again when it goes on', async ({ client, socketPath, pebble }) => {
  const impatient = new PebbleClient(unixHttpTransport(socketPath, { timeoutMs: 300 }));
  await impatient.getSystemInfo();
  await pebble.kill('SIGSTOP');
  for (const call of [
    () => impatient.getSystemInfo(),
    () => impatient.pull('/etc/hostname').bytes(),
    () => impatient.exec(['true']).wait(),
    () => impatient.replanServices(),
    async () => Array.fromAsync(impatient.getLogs()),
  ]) {
    await assert.rejects(async () => await call(), PebbleTimeoutError);
  }
  const abort = new AbortController();
  const reason = new Error('enough');
  const waiting = Promise.allSettled([
    client.waitNotices({ signal: abort.signal }),
    client.waitChange('1', { signal: abort.signal }),
    client.push('/tmp/file', 'content', { signal: abort.signal }),
    client.followLogs({ signal: abort.signal }).next(),
  ]);
  abort.abort(reason);
  for (const each of await waiting) assert.ok(each.status === 'rejected' && each.reason === reason);
  await pebble.kill('SIGCONT');
  await client.getSystemInfo();
});

forBoth('killed and started again: the client goes on by itself', async ({ client, socketPath, pebble, start }) => {
  await client.getSystemInfo();
  await pebble.kill('SIGKILL');
  rmSync(socketPath, { force: true });
  const again = await start();
  try {
    await client.getSystemInfo();
    await client.exec(['true']).wait();
  } finally {
    await again.kill('SIGKILL');
  }
});
