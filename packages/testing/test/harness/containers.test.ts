import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PebbleExecError, PebbleConnectionError } from '@charmed/ops/pebble';
import { Harness, type ExecArgs } from '../../src/index.ts';
import { TraceCharm } from './trace-charm.ts';

const layer = { services: { web: { override: 'replace', command: 'serve', startup: 'enabled' } } } as const;

test('Pebble answers once the test says so, and its plan and services are those of the charm', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.containerPebbleReady('web');
  await harness.begin();
  const web = harness.charm.unit.container('web');
  assert.equal(await web.canConnect(), false);
  assert.throws(() => harness.getContainerPebblePlan('web'), PebbleConnectionError);
  await assert.rejects(async () => web.getPlan(), PebbleConnectionError);
  harness.charm.act = async () => {
    await web.addLayer('web', layer);
    await web.replan();
  };
  await harness.containerPebbleReady('web');
  assert.deepEqual(harness.charm.trace, ['web-pebble-ready']);
  assert.equal(harness.getContainerPebblePlan('web').services['web']?.command, 'serve');
  assert.equal((await web.getService('web')).current, 'active');
  harness.setCanConnect(web, false);
  assert.equal(await web.canConnect(), false);
  assert.throws(() => harness.setCanConnect('nope', true), /cannot find container nope: the metadata declares web/);
});

test('the file system of a container is a directory', async () => {
  await using harness = new Harness(TraceCharm);
  const root = harness.getFilesystemRoot('web');
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc', 'hostname'), 'here');
  await harness.beginWithInitialHooks();
  const web = harness.charm.unit.container('web');
  assert.equal(await web.pull('/etc/hostname').text(), 'here');
  await web.push('/etc/app/app.conf', 'port=1', { makeDirs: true, user: 'root', permissions: 0o600 });
  assert.equal(readFileSync(join(root, 'etc/app/app.conf'), 'utf8'), 'port=1');
});

test('commands are played by the handler with the longest beginning', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.beginWithInitialHooks();
  const web = harness.charm.unit.container('web');
  const calls: ExecArgs[] = [];
  harness.handleExec('web', ['ls'], 'files\n');
  harness.handleExec('web', ['ls', '-l'], { stdout: 'long\n' });
  harness.handleExec('web', ['fail'], 3);
  harness.handleExec('web', ['cat'], (args) => {
    calls.push(args);
    return { stdout: args.stdin };
  });
  harness.handleExec('web', ['touch'], () => undefined);
  assert.equal((await web.exec(['ls', '/']).waitOutput()).stdout, 'files\n');
  assert.equal((await web.exec(['ls', '-l', '/']).waitOutput()).stdout, 'long\n');
  assert.equal((await web.exec(['cat'], { stdin: 'in', environment: { A: 'b' } }).waitOutput()).stdout, 'in');
  assert.equal(calls[0]?.environment['A'], 'b');
  await web.exec(['touch', 'x']).wait();
  await assert.rejects(async () => web.exec(['fail']).wait(), PebbleExecError);
  harness.handleExec('web', ['fail'], 0);
  await web.exec(['fail']).wait();
  await assert.rejects(async () => web.exec(['unknown']).wait(), /handleExec\('web', \["unknown"\], 0\)/);
});

test('a notice is told when it is new or due again', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.begin();
  harness.setCanConnect('web', true);
  const id = await harness.pebbleNotify('web', 'example.com/a', { data: { k: 'v' }, repeatAfterMs: 3_600_000 });
  assert.equal(await harness.pebbleNotify('web', 'example.com/a', { repeatAfterMs: 3_600_000 }), id);
  await harness.pebbleNotify('web', 'example.com/b');
  await harness.pebbleNotify('web', 'example.com/b');
  assert.deepEqual(
    harness.charm.trace,
    Array.from({ length: 3 }, () => 'web-pebble-custom-notice'),
  );
  const notice = await harness.charm.unit.container('web').getNotice(id);
  assert.deepEqual([notice.key, notice.occurrences], ['example.com/a', 2]);
});

test('a command that takes longer than it may is ended by the clock of the container', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.beginWithInitialHooks();
  harness.handleExec('web', ['slow'], { takesMs: 60_000 });
  const web = harness.charm.unit.container('web');
  await web.exec(['slow'], { timeoutMs: 120_000 }).wait();
  await assert.rejects(async () => web.exec(['slow'], { timeoutMs: 1000 }).wait(), /timed out/);
});

test('a check fails and recovers, and the charm is told of both', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.beginWithInitialHooks();
  const web = harness.charm.unit.container('web');
  await assert.rejects(harness.failCheck('web', 'alive'), /no such check/);
  const check = { override: 'replace', period: '1h', threshold: 2, exec: { command: 'true' } } as const;
  await web.addLayer('checks', { checks: { alive: check } });
  await web.replan();
  harness.charm.trace.length = 0;
  await harness.failCheck('web', 'alive');
  assert.equal((await web.getCheck('alive')).status, 'down');
  await harness.failCheck('web', 'alive');
  await harness.passCheck('web', 'alive');
  await harness.passCheck('web', 'alive');
  assert.equal((await web.getCheck('alive')).status, 'up');
  assert.deepEqual(harness.charm.trace, ['web-pebble-check-failed', 'web-pebble-check-recovered']);
});
