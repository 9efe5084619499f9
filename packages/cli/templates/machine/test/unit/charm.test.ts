// The charm, one event at a time: a state goes in, the charm runs, and a state comes out. The workload is not touched.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ActiveStatus, BlockedStatus } from '@charmed/ops';
import { Context, State } from '@charmed/testing';
import { MyCharm } from '../../src/charm.ts';
import { Workload } from '../../src/workload.ts';

let calls: string[] = [];

beforeEach(() => {
  calls = [];
  mock.method(Workload.prototype, 'install', async () => '1.0.0');
  mock.method(Workload.prototype, 'run', async (_: string, port: number) => void calls.push(`run ${port}`));
  mock.method(Workload.prototype, 'stop', async () => void calls.push('stop'));
  mock.method(Workload.prototype, 'isRunning', async () => calls.at(-1)?.startsWith('run') ?? false);
});
afterEach(() => mock.restoreAll());

test('the workload is installed, and its version shown', async () => {
  const ctx = new Context(MyCharm);
  const out = await ctx.run(ctx.on.install(), new State());
  assert.equal(out.workloadVersion, '1.0.0');
  assert.deepEqual(out.unitStatus, new BlockedStatus('the workload does not run'));
});

test('it runs from the start on', async () => {
  const ctx = new Context(MyCharm);
  const out = await ctx.run(ctx.on.start(), new State());
  assert.deepEqual(calls, ['run 8080']);
  assert.deepEqual(out.unitStatus, new ActiveStatus());
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 8080 }]);
});

test('it moves to another port', async () => {
  const ctx = new Context(MyCharm);
  const before = await ctx.run(ctx.on.start(), new State());
  const out = await ctx.run(ctx.on.configChanged(), before.with({ config: { port: 8081 } }));
  assert.deepEqual(calls, ['run 8080', 'run 8081']);
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 8081 }]);
});

test('it ends with the unit', async () => {
  const ctx = new Context(MyCharm);
  await ctx.run(ctx.on.stop(), new State());
  assert.deepEqual(calls, ['stop']);
});
