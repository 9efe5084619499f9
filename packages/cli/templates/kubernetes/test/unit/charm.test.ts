// The charm, one event at a time: a state goes in, the charm runs, and a state comes out. All of it is in memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, MaintenanceStatus, WaitingStatus } from '@charmed/ops';
import { CheckInfo, Container, Context, Exec, State } from '@charmed/testing';
import { MyCharm } from '../../src/charm.ts';
import { CHECK, layerFor } from '../../src/workload.ts';

const container = new Container('workload', {
  canConnect: true,
  execs: [new Exec(['node'], { stdout: '1.0.0\n' })],
});

test('the workload runs once Pebble is ready', async () => {
  const ctx = new Context(MyCharm);
  const out = await ctx.run(ctx.on.pebbleReady(container), new State({ containers: [container] }));
  assert.deepEqual(out.unitStatus, new ActiveStatus());
  assert.deepEqual(out.container('workload').serviceStatuses, { server: 'active' });
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 8080 }]);
  assert.equal(out.workloadVersion, '1.0.0');
});

test('it moves to another port', async () => {
  const ctx = new Context(MyCharm);
  const before = await ctx.run(ctx.on.pebbleReady(container), new State({ containers: [container] }));
  const out = await ctx.run(ctx.on.configChanged(), before.with({ config: { port: 8081 } }));
  assert.match(out.container('workload').plan.services['server']?.command ?? '', /--port 8081$/);
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 8081 }]);
});

test('nothing is done while Pebble is not there', async () => {
  const ctx = new Context(MyCharm);
  const out = await ctx.run(ctx.on.configChanged(), new State({ containers: [new Container('workload')] }));
  assert.deepEqual(out.unitStatus, new WaitingStatus('waiting for Pebble'));
});

test('a workload that does not answer is told', async () => {
  const ctx = new Context(MyCharm);
  const check = new CheckInfo(CHECK, { level: 'ready', status: 'down', failures: 3 });
  const unwell = container.with({ layers: { 'my-charm': layerFor('192.0.2.0', 8080) }, checkInfos: [check] });
  const out = await ctx.run(ctx.on.pebbleCheckFailed(unwell, check), new State({ containers: [unwell] }));
  assert.deepEqual(out.unitStatus, new MaintenanceStatus('the workload does not answer'));
});
