import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RelationDataAccessError, RelationDataTypeError } from '@charmed/ops';
import { Harness, HarnessError } from '../../src/index.ts';
import { TraceCharm } from './trace-charm.ts';

test('a charm is told of each change once it is there, and of none before', async () => {
  const harness = new Harness(TraceCharm);
  const before = await harness.addRelation('db', 'postgresql', { unitData: { a: '1' } });
  await harness.begin();
  assert.deepEqual(harness.charm.trace, []);
  const db = await harness.addRelation('db', 'mysql', { appData: { app: 'x' }, unitData: { unit: 'y' } });
  assert.deepEqual([before, db], [0, 1]);
  await harness.removeRelation(db);
  assert.deepEqual(harness.charm.trace, [
    'db-relation-created mysql',
    'db-relation-joined mysql/0',
    'db-relation-changed mysql',
    'db-relation-changed mysql/0',
    'db-relation-departed mysql/0 by mysql/0',
    'db-relation-broken mysql gone',
  ]);
  assert.deepEqual(
    (await harness.model.relations('db')).map(({ id }) => id),
    [before],
  );
});

test('relation-changed comes for news only, and never for what our own side wrote', async () => {
  const harness = new Harness(TraceCharm);
  const db = await harness.addRelation('db', 'postgresql', { unitData: { a: '1' } });
  await harness.begin();
  await harness.updateRelationData(db, 'postgresql/0', { a: '1' });
  await harness.updateRelationData(db, 'trace/0', { own: '1' });
  await harness.updateRelationData(db, 'trace', { own: '2' });
  assert.deepEqual(harness.charm.trace, []);
  await harness.updateRelationData(db, 'postgresql/0', { a: '', b: '2' });
  assert.deepEqual(harness.charm.trace, ['db-relation-changed postgresql/0']);
  assert.deepEqual(harness.getRelationData(db, 'postgresql/0'), { b: '2' });
  assert.deepEqual(harness.getRelationData(db, harness.charm.unit), { own: '1' });
  assert.deepEqual(harness.getRelationData(db, harness.charm.app), { own: '2' });
});

test("data of peers' application is news to those that do not lead", async () => {
  const harness = new Harness(TraceCharm);
  const cluster = await harness.addRelation('cluster', 'trace');
  await harness.begin();
  await harness.updateRelationData(cluster, 'trace', { a: '1' });
  await harness.setLeader(true);
  await harness.updateRelationData(cluster, 'trace', { a: '2' });
  assert.deepEqual(harness.charm.trace, ['cluster-relation-changed trace', 'leader-elected']);
  await harness.addRelationUnit(cluster, 'trace/1');
  await harness.updateRelationData(cluster, 'trace/1', { b: '1' });
  assert.deepEqual(harness.charm.trace.slice(2), [
    'cluster-relation-joined trace/1',
    'cluster-relation-changed trace/1',
  ]);
});

test('a handler sees its relation as Juju shows it, and what it writes is there afterwards', async () => {
  const harness = new Harness(TraceCharm);
  const db = await harness.addRelation('db', 'postgresql', { unitData: { a: '1' } });
  await harness.begin();
  const seen: unknown[] = [];
  harness.charm.act = async () => {
    const relation = await harness.charm.model.relation('db', db);
    seen.push(relation.units.map(({ name }) => name));
    await relation.data(harness.charm.unit).set('seen', String(seen.length));
    await assert.rejects(async () => relation.data(harness.charm.app).set('x', 'y'), RelationDataAccessError);
  };
  await harness.addRelationUnit(db, 'postgresql/1');
  await harness.removeRelationUnit(db, 'postgresql/0');
  assert.deepEqual(seen, [['postgresql/0', 'postgresql/1'], ['postgresql/1']]);
  assert.deepEqual(harness.getRelationData(db, 'trace/0'), { seen: '2' });
});

test('what a handler throws comes out of the call that emitted its event', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  harness.charm.act = () => {
    throw new RangeError('out');
  };
  await assert.rejects(harness.updateConfig({ port: 1 }), RangeError);
  harness.charm.act = () => void harness.charm.unit.isLeader();
  await assert.rejects(harness.updateConfig({ port: 2 }), /did not await unit\.isLeader/);
});

test('misuse is told with what would be right', async () => {
  const harness = new Harness(TraceCharm);
  assert.throws(() => harness.charm, /cannot give out the charm: .*await harness\.begin\(\)/);
  const db = await harness.addRelation('db', 'postgresql');
  await harness.begin();
  await assert.rejects(harness.begin(), /cannot begin twice/);
  const refusals: [Promise<unknown>, RegExp][] = [
    [harness.addRelation('nope', 'x'), /cannot find endpoint nope: the metadata declares db, site, cluster/],
    [harness.addRelation('cluster', 'other'), /peer relation/],
    [harness.addRelationUnit(7, 'postgresql/0'), /cannot find relation 7: this harness has 0 \(db\)/],
    [harness.addRelationUnit(db, 'mysql/0'), /cannot use mysql\/0 in relation 0: it is with postgresql/],
    [harness.removeRelationUnit(db, 'postgresql/3'), /cannot find postgresql\/3 in relation 0 \(db\)/],
    [harness.updateRelationData(db, 'mysql', { a: 'b' }), /cannot find mysql in relation 0/],
    [harness.updateConfig({ color: 'red' }), /cannot set option color: the metadata declares port, name, on/],
    [harness.updateConfig({ port: 'red' }), /cannot set option port: expected int, got "red"/],
    [harness.attachStorage('data/0'), /cannot find storage data\/0: this harness has none/],
    [harness.runAction('dance'), /cannot run action dance: the metadata declares greet/],
    [harness.runAction('greet'), /parameter loud is required/],
    [harness.runAction('greet', { loud: true, extra: 1 }), /it has no parameter extra/],
  ];
  for (const [refused, message] of refusals) {
    await assert.rejects(refused, (error: Error) => error instanceof HarnessError && message.test(error.message));
  }
  await assert.rejects(harness.updateRelationData(db, 'postgresql', { a: 1 as never }), RelationDataTypeError);
  assert.throws(() => harness.getRelationData(db, 'nobody'), HarnessError);
  assert.throws(() => harness.setModelName('late'), HarnessError);
  assert.throws(() => harness.setPlannedUnits(-1), HarnessError);
  assert.deepEqual(harness.charm.trace, []);
});
