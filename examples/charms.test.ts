// The examples as their authors would test them, each by itself and both together.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus, WaitingStatus } from '@charmed/ops';
import { ActionFailedError, Container, Context, Model, Relation, State } from '@charmed/testing';
import { GuestbookCharm } from './guestbook-k8s/src/charm.ts';
import { KvCharm } from './kv-k8s/src/charm.ts';
import { NoopCharm } from './noop-machine/src/charm.ts';

const kv = new Relation('kv', { remoteUnitsData: { 0: { url: '"http://10.1.2.3:7070"' } } });
const container = new Container('guestbook', { canConnect: true });

test('the guestbook needs a store', async () => {
  const ctx = new Context(GuestbookCharm);
  const out = await ctx.run(ctx.on.configChanged(), new State({ containers: [container] }));
  assert.deepEqual(out.unitStatus, new BlockedStatus('needs a relation to a kv store'));
});

test('the guestbook runs against its store', async () => {
  const ctx = new Context(GuestbookCharm);
  const before = new State({ relations: [kv], containers: [container], config: { greeting: 'Hi', port: 80 } });
  const out = await ctx.run(ctx.on.relationChanged(kv), before);
  assert.deepEqual(out.unitStatus, new ActiveStatus());
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 80 }]);
  const { environment } = out.container('guestbook').plan.services['guestbook'] ?? {};
  assert.equal(environment?.['GUESTBOOK_GREETING'], 'Hi');
  assert.equal(environment?.['KV_URL'], 'http://10.1.2.3:7070');
});

test('the guestbook stops when its store is gone', async () => {
  const ctx = new Context(GuestbookCharm);
  const running = await ctx.run(ctx.on.relationChanged(kv), new State({ relations: [kv], containers: [container] }));
  const out = await ctx.run(ctx.on.relationBroken(kv), running);
  assert.deepEqual(out.container('guestbook').serviceStatuses, { guestbook: 'inactive' });
  assert.deepEqual(out.openedPorts, []);
});

test('the guestbook waits for its container, and exports nothing without a store', async () => {
  const ctx = new Context(GuestbookCharm);
  const state = new State({ relations: [kv], containers: [container.with({ canConnect: false })] });
  assert.deepEqual((await ctx.run(ctx.on.updateStatus(), state)).unitStatus, new WaitingStatus('waiting for Pebble'));
  await assert.rejects(ctx.run(ctx.on.action('export'), new State()), ActionFailedError);
});

test('the store tells where it is', async () => {
  const ctx = new Context(KvCharm);
  const client = new Relation('kv');
  const web = new Container('kv', { canConnect: true });
  const out = await ctx.run(ctx.on.relationCreated(client), new State({ relations: [client], containers: [web] }));
  assert.equal(out.relation(client).localUnitData['url'], '"http://192.0.2.0:7070"');
  assert.equal(out.container('kv').plan.services['kv']?.startup, 'enabled');
});

test('a charm without a workload is active', async () => {
  const ctx = new Context(NoopCharm);
  assert.deepEqual((await ctx.run(ctx.on.start(), new State())).unitStatus, new ActiveStatus());
});

test('both come together, and apart, in any order', async () => {
  const model = new Model();
  model.deploy(GuestbookCharm, { name: 'guestbook' });
  model.deploy(KvCharm, { name: 'kv' });
  model.integrate('guestbook', 'kv');
  await model.settle();
  assert.deepEqual(model.unit('guestbook/0').status, new ActiveStatus());
  model.config('guestbook', { greeting: 'Hello' });
  await model.explore({ order: 2 });
  model.remove('kv');
  await model.settle();
  assert.deepEqual(model.unit('guestbook/0').status, new BlockedStatus('needs a relation to a kv store'));
});
