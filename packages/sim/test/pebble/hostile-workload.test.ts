// Workloads that do not do as they are told, and a Pebble that is killed: nothing is left running.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PebbleChangeError, PebbleClient, PebbleConnectionError, unixHttpTransport } from '@charmed/ops/pebble';
import { withEmbedded } from './embedded.ts';
import { gone, running } from './running.ts';

const pollMs = 5;

let markers = 0;
/** A sleep of so many seconds that no other test has it. */
function newMarker(): string {
  return `sleep ${100_000 + process.pid * 10 + (markers += 1)}`;
}

/** As the word of a command line that a shell gets. */
function asSleep(marker: string): string {
  return marker.replace(' ', '\0');
}

const service = (command: string) => ({ override: 'replace', command, 'kill-delay': '100ms' }) as const;

test('a service that ignores SIGTERM is killed after its kill delay', async () => {
  const marker = newMarker();
  await withEmbedded(async ({ client }) => {
    await client.addLayer('base', { services: { deaf: service(`sh -c "trap '' TERM; ${marker} & wait; ${marker}"`) } });
    await client.startServices(['deaf']);
    await client.stopServices(['deaf']);
    assert.equal((await client.getServices())[0]?.current, 'inactive');
    await gone(asSleep(marker));
  });
});

test('what a service has forked goes with it, also in a process group of its own', async () => {
  const marker = newMarker();
  await withEmbedded(async ({ client }) => {
    await client.addLayer('base', {
      services: { forks: service(`bash -c "set -m; ${marker} & ${marker} & exec sleep 50"`) },
    });
    await client.startServices(['forks']);
    assert.equal(running(asSleep(marker)).length, 2);
    await client.stopServices(['forks']);
    await gone(asSleep(marker));
  });
});

test('a service that forks and exits has ended, and its child is ended with Pebble', async () => {
  const marker = newMarker();
  await withEmbedded(async ({ client }) => {
    const daemon = { ...service(`sh -c "${marker} >/dev/null 2>&1 &"`), 'on-success': 'ignore' } as const;
    await client.addLayer('base', { services: { daemon } });
    await assert.rejects(async () => await client.startServices(['daemon']), PebbleChangeError);
  });
  await gone(asSleep(marker));
});

test('a service that dies at once says what it has printed', async () => {
  await withEmbedded(async ({ client }) => {
    await client.addLayer('base', { services: { brief: service(`sh -c 'echo last words; exit 7'`) } });
    await assert.rejects(async () => await client.startServices(['brief']), /exited quickly with code 7[^]*last words/);
  });
});

test('a service that floods its output goes on, and no more than its latest is kept', async () => {
  await withEmbedded(async ({ client, socketPath }) => {
    await client.addLayer('base', { services: { flood: service('yes') } });
    await client.startServices(['flood']);
    const response = await unixHttpTransport(socketPath).request({ method: 'GET', path: '/v1/logs?n=-1' });
    const size = (await Array.fromAsync(response.body)).reduce((sum, chunk) => sum + chunk.byteLength, 0);
    assert.ok(size > 1000 && size < 2 * 1024 * 1024, `${size} bytes`);
    await client.stopServices(['flood']);
  });
});

test('a command that ignores SIGTERM ends with its time limit, and with an abort', async () => {
  const marker = newMarker();
  const deaf = ['sh', '-c', `trap '' TERM HUP INT; ${marker}; ${marker}`];
  await withEmbedded(async ({ client }) => {
    await assert.rejects(async () => await client.exec(deaf, { timeoutMs: 100 }).wait(), PebbleChangeError);
    const abort = new AbortController();
    const command = client.exec(deaf, { signal: abort.signal });
    const waiting = command.wait();
    while (running(asSleep(marker)).length === 0) await delay(pollMs);
    abort.abort();
    await assert.rejects(async () => await waiting, { name: 'AbortError' });
    await gone(asSleep(marker));
  });
});

interface PebbleProcess {
  readonly child: ChildProcess;
  readonly client: PebbleClient;
  readonly directory: string;
}

async function withProcess(body: (world: PebbleProcess) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-pebble-'));
  const layers = join(directory, 'layers');
  mkdirSync(layers);
  const socketPath = join(directory, 'socket');
  const main = join(import.meta.dirname, '../../src/pebble/main.ts');
  const args = ['--conditions=@charmed/source', main, '--socket', socketPath, '--layers', layers];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    await body({ child, client: new PebbleClient(unixHttpTransport(socketPath)), directory });
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // What watches over it removes this last.
    while (existsSync(join(directory, '.pebble.processes'))) await delay(pollMs);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a Pebble that is killed in the middle of a push, an exec and a wait', async () => {
  const marker = newMarker();
  await withProcess(async ({ child, client, directory }) => {
    await client.addLayer('base', { services: { web: service(marker) } });
    await client.startServices(['web']);
    const more = Promise.withResolvers<void>();
    async function* content() {
      yield 'begun';
      await more.promise;
      for (;;) yield Buffer.alloc(64 * 1024);
    }
    const command = client.exec(['sh', '-c', `echo begun; ${marker}`]);
    const work = [client.push(join(directory, 'file'), content()), command.waitOutput()];
    while (running(asSleep(marker)).length < 2) await delay(pollMs);
    const [change] = await client.getChanges({ select: 'in-progress' });
    const outcomes = Promise.allSettled([...work, client.waitChange(change?.id ?? '')]);
    await kill(child);
    more.resolve();
    for (const outcome of await outcomes) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof PebbleConnectionError);
    }
    assert.ok(!existsSync(join(directory, 'file')));
    await gone(asSleep(marker));
    await assert.rejects(async () => await client.getSystemInfo(), PebbleConnectionError);
  });
});
