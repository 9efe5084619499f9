// What a client sees: each test is run with the real Pebble and with the embedded one, and the answer must be the same. Together they call
// each method of the client.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { PebbleClient, type PebbleTransport } from '@charmed/ops/pebble';
import { conforms as conformsTo, type ClientWorld } from './conforms.ts';

const called = new Set<string>();

function conforms(name: string, body: (world: ClientWorld) => Promise<void>): void {
  conformsTo(name, (world) => body({ ...world, client: noting(world.transport) }));
}

/** A client that notes what is called. */
function noting(transport: PebbleTransport): PebbleClient {
  const client = new PebbleClient(transport);
  return new Proxy(client, {
    get(target, name) {
      called.add(String(name));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
}

after(() => {
  const methods = Object.getOwnPropertyNames(PebbleClient.prototype).filter((name) => name !== 'constructor');
  assert.deepEqual(
    methods.filter((name) => !called.has(name)),
    [],
  );
});

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

const idle = { override: 'replace', startup: 'disabled', period: '1h' } as const;

conforms('changes are listed, waited for and aborted', async ({ client }) => {
  await client.addLayer('base', {
    services: {
      web: sleeper,
      stubborn: { override: 'replace', command: `sh -c "trap '' TERM; echo on; sleep 60 & wait; wait"` },
    },
  });
  const id = await client.startServices(['web', 'stubborn']);
  const change = await client.waitChange(id);
  assert.deepEqual([change.kind, change.status, change.ready, change.tasks.length], ['start', 'Done', true, 2]);
  assert.deepEqual(await client.getChange(id), change);
  assert.deepEqual(
    (await client.getChanges({ select: 'ready', service: 'web' })).map((each) => each.id),
    [id],
  );
  assert.deepEqual(await client.getChanges(), []);
  await assert.rejects(async () => await client.abortChange(id), /nothing pending/);
  await assert.rejects(async () => await client.getChange('99'), /cannot find change with id "99"/);
});

conforms('all that are enabled start, and hear signals', async ({ client }) => {
  const script = 'trap "echo heard" HUP; echo ready; while :; do sleep 0.05; done';
  await client.addLayer('base', {
    services: { web: { override: 'replace', command: `sh -c '${script}'`, startup: 'enabled' } },
  });
  await client.autostartServices();
  await client.sendSignal('SIGHUP', ['web']);
  const lines: string[] = [];
  for await (const { service, message } of client.followLogs({ services: ['web'], count: Infinity })) {
    lines.push(`${service}: ${message}`);
    if (lines.length === 2) break;
  }
  assert.deepEqual(lines, ['web: ready', 'web: heard']);
  const last = await Array.fromAsync(client.getLogs({ count: 1 }));
  assert.deepEqual(
    last.map(({ message }) => message),
    ['heard'],
  );
  assert.match(await client.getMetrics(), /pebble_service_start_count\{service="web"\} 1/);
});

conforms('checks are started, refreshed and stopped', async ({ client }) => {
  await client.addLayer('base', {
    checks: {
      good: { ...idle, level: 'alive', exec: { command: 'true' } },
      bad: { ...idle, level: 'ready', threshold: 1, exec: { command: 'false' } },
    },
  });
  assert.deepEqual(await client.startChecks(['good', 'bad']), ['bad', 'good']);
  const refreshed = await client.refreshCheck('bad');
  assert.equal(refreshed.error, 'exit status 1');
  assert.equal((await client.refreshCheck('good')).error, undefined);
  assert.deepEqual(
    (await client.getChecks()).map(({ name, status, failures }) => [name, status, failures]),
    [
      ['bad', 'down', 1],
      ['good', 'up', 0],
    ],
  );
  assert.deepEqual([await client.isHealthy({ level: 'alive' }), await client.isHealthy()], [true, false]);
  assert.deepEqual(await client.stopChecks(['bad']), ['bad']);
});

conforms('notices are counted, found and waited for', async ({ client }) => {
  const waiting = client.waitNotices({ keys: ['example.com/a'], timeoutMs: 20_000 });
  const id = await client.notify('custom', 'example.com/a', { data: { size: '7' }, repeatAfterMs: 3_600_000 });
  assert.deepEqual(
    (await waiting).map((notice) => notice.id),
    [id],
  );
  assert.equal(await client.notify('custom', 'example.com/a'), id);
  const notice = await client.getNotice(id);
  assert.deepEqual([notice?.key, notice?.occurrences], ['example.com/a', 2]);
  assert.equal((await client.getNotices({ types: ['custom'] })).length, 1);
  await assert.rejects(async () => await client.notify('custom', 'no-domain'), /must be in "example.com\/path" format/);
});

conforms('identities are replaced and removed, and keep their secrets', async ({ client }) => {
  await client.replaceIdentities({
    bob: { access: 'read', local: { userId: 42 } },
    eve: { access: 'metrics', basic: { password: '$6$abc$def' } },
  });
  assert.deepEqual(
    [...(await client.getIdentities())].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['bob', { access: 'read', local: { userId: 42 } }],
      ['eve', { access: 'metrics', basic: { password: '*****' } }],
    ],
  );
  await client.replaceIdentities({ eve: null });
  await client.removeIdentities(['bob']);
  assert.equal((await client.getIdentities()).size, 0);
  await assert.rejects(async () => await client.removeIdentities(['bob']), /identities do not exist: bob/);
});

conforms('what is there, and what is not there any more', async ({ client }) => {
  assert.match((await client.getSystemInfo()).version, /^v1\.32\.1/);
  await assert.rejects(async () => await client.getWarnings(), /invalid API endpoint/);
  await assert.rejects(async () => await client.ackWarnings(new Date()), /invalid API endpoint/);
});
