// The guestbook's charm, as its author would test it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus, WaitingStatus } from '@charmed/ops';
import { ActionFailedError, Container, Context, Relation, State } from '@charmed/testing';
import { GuestbookCharm } from '../src/charm.ts';

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

test('it waits for a store that says nothing sensible about where it is', async () => {
  const ctx = new Context(GuestbookCharm);
  for (const url of ['', 'http://10.1.2.3', '"ftp://10.1.2.3"', '"http://"', '{"a":1}', '"a" "b"']) {
    const odd = new Relation('kv', { remoteUnitsData: { 0: { url } } });
    const out = await ctx.run(ctx.on.relationChanged(odd), new State({ relations: [odd], containers: [container] }));
    assert.deepEqual(out.unitStatus, new WaitingStatus('waiting for the store'), url);
  }
});
