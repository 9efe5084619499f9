// The store's charm, as its author would test it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, WaitingStatus } from '@charmed/ops';
import { Container, Context, Relation, State } from '@charmed/testing';
import { KvCharm } from '../src/charm.ts';

const container = new Container('kv', { canConnect: true });

test('the store tells where it is', async () => {
  const ctx = new Context(KvCharm);
  const client = new Relation('kv');
  const out = await ctx.run(
    ctx.on.relationCreated(client),
    new State({ relations: [client], containers: [container] }),
  );
  assert.equal(out.relation(client).localUnitData['url'], '"http://192.0.2.0:7070"');
  assert.equal(out.container('kv').plan.services['kv']?.startup, 'enabled');
});

test('it runs on the port that is configured, and tells all that are related', async () => {
  const ctx = new Context(KvCharm);
  const clients = [new Relation('kv'), new Relation('kv')];
  const before = new State({ relations: clients, containers: [container], config: { port: 81 } });
  const out = await ctx.run(ctx.on.pebbleReady(container), before);
  assert.deepEqual(out.unitStatus, new ActiveStatus());
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 81 }]);
  assert.equal(out.container('kv').plan.services['kv']?.environment?.['KV_PORT'], '81');
  for (const client of clients) assert.equal(out.relation(client).localUnitData['url'], '"http://192.0.2.0:81"');
});

test('it waits for its container, and tells nobody before', async () => {
  const ctx = new Context(KvCharm);
  const client = new Relation('kv');
  const before = new State({ relations: [client], containers: [container.with({ canConnect: false })] });
  const out = await ctx.run(ctx.on.relationCreated(client), before);
  assert.deepEqual(out.unitStatus, new WaitingStatus('waiting for Pebble'));
  assert.equal(out.relation(client).localUnitData['url'], undefined);
});
