// One suite over our client, run against the real Pebble and against the embedded one: what they answer must be the same.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
import { startPebble } from '@charmed/sim/pebble';
import { peerPath, testWithPeers } from '../peers.ts';

interface World {
  readonly client: PebbleClient;
  readonly directory: string;
}

type Run = (body: (world: World) => Promise<void>) => Promise<void>;

const withReal: Run = async (body) => {
  await inDirectory(async (directory) => {
    const socketPath = join(directory, '.pebble.socket');
    const env = { PATH: process.env['PATH'], PEBBLE: directory, PEBBLE_SOCKET: socketPath };
    const pebble = spawn(peerPath('pebble'), ['run'], { env, stdio: 'ignore' });
    try {
      while (!existsSync(socketPath)) await delay(10);
      await body({ client: new PebbleClient(unixHttpTransport(socketPath)), directory });
    } finally {
      pebble.kill('SIGTERM');
      await once(pebble, 'exit');
    }
  });
};

const withEmbedded: Run = async (body) => {
  await inDirectory(async (directory) => {
    const socketPath = join(directory, '.pebble.socket');
    const pebble = await startPebble({ socketPath, layersDir: join(directory, 'layers') });
    try {
      await body({ client: new PebbleClient(unixHttpTransport(socketPath)), directory });
    } finally {
      await pebble.close();
    }
  });
};

async function inDirectory(body: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-pebble-'));
  mkdirSync(join(directory, 'layers'));
  await body(directory).finally(() => rmSync(directory, { recursive: true, force: true }));
}

function conforms(name: string, body: (world: World) => Promise<void>): void {
  testWithPeers(`${name}: the real Pebble`, ['pebble'], async () => await withReal(body));
  void test(`${name}: the embedded Pebble`, async () => await withEmbedded(body));
}

const sleeper = { override: 'replace', command: 'sleep 60', startup: 'enabled' } as const;

conforms('layers are combined into the plan, and replanned', async ({ client }) => {
  await client.addLayer('base', { services: { web: sleeper } });
  await client.addLayer('base', { services: { web: { override: 'merge', summary: 'Web' } } }, { combine: true });
  const plan = await client.getPlan();
  assert.deepEqual(plan.services?.['web'], { ...sleeper, summary: 'Web' });
  await client.replanServices();
  const states = async () => (await client.getServices()).map(({ name, current, startup }) => [name, current, startup]);
  assert.deepEqual(await states(), [['web', 'active', 'enabled']]);
  await client.stopServices(['web']);
  assert.deepEqual(await states(), [['web', 'inactive', 'enabled']]);
  await client.startServices(['web']);
  await client.restartServices(['web']);
  assert.deepEqual(await states(), [['web', 'active', 'enabled']]);
});

conforms('what cannot be done is refused in the same words', async ({ client }) => {
  await client.addLayer('base', {
    services: { brief: { override: 'replace', command: 'false' }, none: { override: 'replace', command: '/no/such' } },
  });
  const refusals: readonly [() => PromiseLike<unknown>, RegExp][] = [
    [() => client.addLayer('base', { services: { web: sleeper } }), /layer "base" already exists/],
    [() => client.startServices(['unknown']), /service "unknown" does not exist/],
    [() => client.startServices(['brief']), /exited quickly with code 1/],
    [() => client.startServices(['none']), /no such file or directory/],
    [() => client.sendSignal('SIGHUP', ['brief']), /cannot send signal to "brief": service is not running/],
    [() => client.pull('/no/such/file').text(), /no such file or directory/],
    [() => client.exec(['/no/such/program']).wait(), /cannot find executable "\/no\/such\/program"/],
    [() => client.exec(['sh', '-c', 'exit 3']).wait(), /3/],
    [() => client.listFiles('/no/such/directory'), /no such file or directory/],
  ];
  for (const [refused, message] of refusals) await assert.rejects(async () => await refused(), message);
});

conforms('files come back as they went', async ({ client, directory }) => {
  const path = join(directory, 'a/b/file');
  const content = 'grüße\n--boundary\r\n\r\n'.repeat(50_000);
  await client.push(path, content, { makeDirs: true, permissions: 0o640 });
  assert.equal(readFileSync(path, 'utf8'), content);
  assert.equal(await client.pull(path).text(), content);
  const [file] = await client.listFiles(join(directory, 'a/b'));
  assert.deepEqual([file?.name, file?.type, file?.permissions], ['file', 'file', 0o640]);
  await client.makeDir(join(directory, 'c/d'), { makeParents: true });
  await client.removePath(join(directory, 'a'), { recursive: true });
  assert.ok(!existsSync(join(directory, 'a')));
});

conforms('commands get their input and environment, and give their output', async ({ client, directory }) => {
  const script = 'read line; echo "$line $NAME $PWD"; echo problem >&2';
  const run = client.exec(['sh', '-c', script], {
    stdin: 'hello\n',
    environment: { NAME: 'web' },
    workingDir: directory,
  });
  assert.deepEqual(await run.waitOutput(), { stdout: `hello web ${directory}\n`, stderr: 'problem\n' });
  const merged = client.exec(['sh', '-c', 'echo one; echo two >&2'], { combineStderr: true });
  assert.deepEqual(await merged.waitOutput(), { stdout: 'one\ntwo\n', stderr: '' });
  await assert.rejects(async () => await client.exec(['sleep', '60'], { timeoutMs: 200 }).wait(), /timed out|deadline/);
});
