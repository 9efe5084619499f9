// The Pebble in memory, through the client that charms have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PebbleAPIError, PebbleClient, PebbleExecError, PebblePathError } from '@charmed/ops/pebble';
import { MemoryPebble, type MemoryPebbleOptions } from '../../src/pebble/memory/pebble.ts';

function world(options: MemoryPebbleOptions = {}): { pebble: MemoryPebble; client: PebbleClient } {
  const pebble = new MemoryPebble(options);
  return { pebble, client: new PebbleClient(pebble.transport) };
}

const layers = {
  base: JSON.stringify({
    services: { web: { override: 'replace', command: 'serve', startup: 'enabled', 'backoff-delay': '2s' } },
    checks: { up: { override: 'replace', threshold: 2, period: '10s', exec: { command: 'x' } } },
  }),
};

test('a service starts without a second of real time, and restarts by the clock', async () => {
  const { pebble, client } = world({ layers });
  const begun = performance.now();
  await client.replanServices();
  assert.ok(performance.now() - begun < 900);
  const states = async () => (await client.getServices()).map(({ name, current }) => `${name} ${current}`);
  assert.deepEqual(await states(), ['web active']);
  pebble.running.get('web')?.exit(1);
  await pebble.clock.advance(1000);
  assert.deepEqual(await states(), ['web backoff']);
  await pebble.clock.advance(1000);
  assert.deepEqual(await states(), ['web active']);
  await client.stopServices(['web']);
  assert.deepEqual([await states(), [...pebble.running.keys()]], [['web inactive'], []]);
});

test('a service that is scripted to end at once does not start', async () => {
  const service = () => (played: { print(text: string): void; exit(code: number): void }) => {
    played.print('no config\n');
    played.exit(3);
  };
  const { client } = world({ layers, service });
  await assert.rejects(async () => await client.startServices(['web']), /exited quickly with code 3[^]*no config/);
});

test('services, checks and notices begin where they are put', async () => {
  const time = { date: new Date('2026-01-01T00:00:00Z'), nanos: 0 };
  const notice = {
    id: '7',
    userId: 0,
    type: 'custom',
    key: 'example.com/a',
    occurrences: 2,
    lastData: {},
    repeatAfterMs: 0,
    firstOccurred: time,
    lastOccurred: time,
    lastRepeated: time,
  } as const;
  const { client } = world({
    layers,
    services: { web: 'error' },
    checks: { up: { status: 'down', failures: 5 } },
    notices: [notice],
    start: new Date('2026-01-01T00:00:01Z'),
  });
  assert.equal((await client.getServices())[0]?.current, 'error');
  const [check] = await client.getChecks();
  assert.deepEqual([check?.status, check?.failures], ['down', 5]);
  assert.equal((await client.getNotice('7'))?.occurrences, 2);
  assert.equal(await client.notify('custom', 'example.com/a'), '7');
  assert.notEqual(await client.notify('custom', 'example.com/b'), '7');
});

test('a check fails and recovers as it is told, by the clock', async () => {
  const { pebble, client } = world({ layers });
  pebble.failCheck('up', 'refused');
  await pebble.clock.advance(10_000);
  assert.deepEqual(
    (await client.getChecks()).map(({ status, failures }) => [status, failures]),
    [['up', 1]],
  );
  await pebble.clock.advance(10_000);
  assert.equal(await client.isHealthy(), false);
  pebble.passCheck('up');
  await pebble.clock.advance(10_000);
  assert.equal(await client.isHealthy(), true);
});

test('a restart by a failing check', async () => {
  const text = JSON.stringify({ services: { web: { override: 'merge', 'on-check-failure': { up: 'restart' } } } });
  const { pebble, client } = world({ layers: { ...layers, more: text } });
  await client.replanServices();
  const first = pebble.running.get('web');
  pebble.failCheck('up');
  await pebble.clock.advance(20_000);
  await pebble.clock.advance(2000);
  assert.deepEqual(first?.signals, ['SIGTERM', 'SIGKILL']);
  assert.ok(pebble.running.has('web') && pebble.running.get('web') !== first);
});

test('commands are played by scripts', async () => {
  const { client } = world({
    exec: ([program]) => {
      if (program === 'cat') {
        return async ({ stdin }) => ({ stdout: Buffer.concat(await Array.fromAsync(stdin)) });
      }
      if (program === 'fail') return () => ({ exitCode: 3, stdout: 'out', stderr: 'err' });
      if (program === 'whoami') {
        return ({ uid, gid, environment, workingDir }) => ({
          stdout: `${uid} ${gid} ${environment['A']} ${workingDir}`,
        });
      }
      return program === 'slow' ? () => ({ takesMs: 60_000 }) : undefined;
    },
  });
  assert.equal((await client.exec(['cat'], { stdin: 'hello' }).waitOutput()).stdout, 'hello');
  const options = { environment: { A: 'a' }, workingDir: '/srv', userId: 5, groupId: 6 };
  assert.equal((await client.exec(['whoami'], options).waitOutput()).stdout, '5 6 a /srv');
  await assert.rejects(
    async () => await client.exec(['fail']).waitOutput(),
    (error) => {
      assert.ok(error instanceof PebbleExecError);
      assert.deepEqual([error.exitCode, error.stdout, error.stderr], [3, 'out', 'err']);
      return true;
    },
  );
  await client.exec(['slow']).wait();
  await assert.rejects(async () => await client.exec(['slow'], { timeoutMs: 1000 }).wait(), /timed out/);
  await assert.rejects(async () => await client.exec(['none']).wait(), /no script for command/);
});

test('files are in memory, as the API sees them', async () => {
  const { pebble, client } = world();
  pebble.files.add('/etc/app/config', 'port: 80');
  pebble.files.addLink('/etc/link', 'app/config');
  assert.equal(await client.pull('/etc/link').text(), 'port: 80');
  await client.push('/data/x/y', 'content', { makeDirs: true, permissions: 0o600, user: 'app' });
  const [info] = await client.listFiles('/data/x');
  assert.deepEqual([info?.name, info?.permissions, info?.user, info?.size], ['y', 0o600, 'app', 7]);
  assert.deepEqual([...pebble.files.all().keys()], ['/etc/app/config', '/data/x/y']);
  assert.equal(Buffer.from(pebble.files.read('/data/x/y') ?? '').toString(), 'content');
  await assert.rejects(async () => await client.push('/no/file', 'x'), PebblePathError);
  await assert.rejects(async () => await client.removePath('/data'), /directory not empty/);
  await client.removePath('/data', { recursive: true });
  await assert.rejects(async () => await client.pull('/data/x/y').text(), { kind: 'not-found' });
  await assert.rejects(async () => await client.listFiles('/data'), PebbleAPIError);
});

test('the layers can be read back', async () => {
  const { pebble, client } = world({ layers });
  await client.addLayer('base', { services: { web: { override: 'merge', summary: 'Web' } } }, { combine: true });
  const all = Object.fromEntries(pebble.engine.plan.layers());
  assert.deepEqual(all, {
    base: {
      services: {
        web: { summary: 'Web', startup: 'enabled', override: 'replace', command: 'serve', 'backoff-delay': '2s' },
      },
      checks: { up: { override: 'replace', threshold: 2, period: '10s', exec: { command: 'x' } } },
    },
  });
});
