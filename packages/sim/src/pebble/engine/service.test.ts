import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { ServiceConfig } from '@charmed/ops/internal';
import { ScriptedHost } from '../../../test/pebble/scripted-world.ts';
import { Service } from './service.ts';

const never = new AbortController().signal;
let host: ScriptedHost;

beforeEach(() => {
  host = new ScriptedHost();
});

async function started(config: ServiceConfig): Promise<Service> {
  const service = new Service('web', config, host);
  const start = service.start(never);
  await host.clock.advance(1000);
  await start;
  return service;
}

/** What a promise rejects with, noted at once so that nothing is left unhandled. */
function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no failure',
    (error: Error) => error.message,
  );
}

test('a service has started when it has run for a second, and is active from the first', async () => {
  const service = new Service('web', {}, host);
  let done = false;
  const start = service.start(never).then(() => (done = true));
  await host.clock.advance(999);
  assert.deepEqual([service.state, service.status, done], ['starting', 'active', false]);
  await host.clock.advance(1);
  await start;
  assert.equal(service.state, 'running');
  assert.equal(service.since?.getTime(), 0);
});

test('a service that ends within a second has failed to start, whatever its code', async () => {
  const service = new Service('web', { 'on-success': 'ignore' }, host);
  const start = failure(service.start(never));
  await host.clock.advance(500);
  await host.process.exit(0);
  assert.equal(await start, 'service start attempt: exited quickly with code 0, will ignore');
  assert.deepEqual([service.state, service.status], ['stopped', 'inactive']);
});

test('a service that cannot be spawned is inactive', async () => {
  host.refusal = 'fork/exec /no: no such file or directory';
  const service = new Service('web', {}, host);
  const message = await failure(service.start(never));
  assert.equal(message, 'cannot start service: fork/exec /no: no such file or directory');
  assert.equal(service.status, 'inactive');
});

test('it restarts after delays that grow to the limit, and begins anew when it has run that long', async () => {
  const config = { 'backoff-delay': 100, 'backoff-factor': 3, 'backoff-limit': 500 };
  const service = await started(config);
  for (const delay of [100, 300, 500, 500]) {
    await host.process.exit(1);
    assert.equal(service.status, 'backoff');
    const count = host.spawned.length;
    await host.clock.advance(delay - 1);
    assert.equal(host.spawned.length, count);
    await host.clock.advance(1);
    assert.equal(host.spawned.length, count + 1);
    assert.equal(service.state, 'running');
  }
  await host.clock.advance(500);
  await host.process.exit(1);
  await host.clock.advance(100);
  assert.equal(service.state, 'running');
});

test('what follows an exit is up to on-success and on-failure', async () => {
  const cases: [ServiceConfig, number, string, number[]][] = [
    [{ 'on-success': 'ignore' }, 0, 'stopped', []],
    [{ 'on-failure': 'ignore' }, 1, 'exited', []],
    [{ 'on-success': 'shutdown' }, 0, 'exited', [0]],
    [{ 'on-success': 'failure-shutdown' }, 0, 'exited', [10]],
    [{ 'on-failure': 'shutdown' }, 1, 'exited', [10]],
    [{ 'on-failure': 'success-shutdown' }, 1, 'exited', [0]],
    [{ 'on-success': 'ignore' }, 1, 'backoff', []],
    [{}, 0, 'backoff', []],
  ];
  for (const [config, code, state, shutdowns] of cases) {
    host = new ScriptedHost();
    const service = await started(config);
    await host.process.exit(code);
    assert.deepEqual([service.state, host.shutdowns], [state, shutdowns], JSON.stringify(config));
  }
});

test('a stop sends SIGTERM, and SIGKILL only when the kill delay is over', async () => {
  const service = await started({ 'kill-delay': 300 });
  const stop = service.stop();
  await host.clock.advance(299);
  assert.deepEqual(host.process.signals, ['SIGTERM']);
  assert.equal(service.state, 'terminating');
  await host.clock.advance(1);
  assert.deepEqual(host.process.signals, ['SIGTERM', 'SIGKILL']);
  await host.process.exit(137);
  await stop;
  assert.equal(service.state, 'stopped');
  assert.ok(host.process.isSessionKilled);
});

test('a stop gives up on a process that outlives SIGKILL', async () => {
  const service = await started({});
  const stop = failure(service.stop());
  await host.clock.advance(5000 + 5000);
  assert.equal(await stop, 'cannot stop service: process still running after SIGTERM and SIGKILL');
  assert.equal(service.state, 'stopped');
});

test('the end of a process that was given up on does not touch its successor', async () => {
  const service = await started({});
  const stop = failure(service.stop());
  await host.clock.advance(10_000);
  await stop;
  const [first] = host.spawned;
  const start = service.start(never);
  await host.clock.advance(1000);
  await start;
  await first?.exit(137);
  assert.equal(service.state, 'running');
});

test('a service is stopped while it starts, and while it backs off', async () => {
  const service = new Service('web', {}, host);
  const start = failure(service.start(never));
  await host.clock.advance(10);
  const stop = service.stop();
  await host.clock.advance(0);
  await host.process.exit(143);
  await stop;
  assert.equal(await start, 'service start attempt: stopped before the 1s okay delay');

  const again = await started({});
  await host.process.exit(1);
  await again.stop();
  assert.equal(again.state, 'stopped');
  const count = host.spawned.length;
  await host.clock.advance(60_000);
  assert.equal(host.spawned.length, count);
});

test('an aborted start kills the process', async () => {
  const service = new Service('web', {}, host);
  const abort = new AbortController();
  const start = failure(service.start(abort.signal));
  await host.clock.advance(10);
  abort.abort();
  assert.equal(await start, 'start aborted, sent SIGKILL to process');
  assert.deepEqual(host.process.signals, ['SIGKILL']);
  await host.process.exit(137);
  assert.equal(service.state, 'stopped');
});

test('a start in backoff starts at once, with the delay at its beginning', async () => {
  const service = await started({ 'backoff-delay': 1000 });
  await host.process.exit(1);
  const start = service.start(never);
  await host.clock.advance(1000);
  await start;
  assert.deepEqual([service.state, host.spawned.length], ['running', 2]);
  await host.clock.advance(5000);
  assert.equal(host.spawned.length, 2);
});

test('signals go to the process alone, and only while it runs', async () => {
  const service = await started({});
  service.signal('SIGHUP');
  assert.deepEqual(host.process.signals, ['process SIGHUP']);
  await host.process.exit(1);
  assert.throws(() => service.signal('SIGHUP'), /service is not running/);
});

test('output is kept in lines', async () => {
  const service = await started({});
  host.process.write('one\ntw');
  host.process.write('o\nthree');
  await host.process.exit(1);
  assert.deepEqual(
    service.logs.lines().map(({ message }) => message),
    ['one', 'two', 'three'],
  );
});
