// Who may read and write which databag, and what is sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHandler } from '../../test/in-handler.ts';
import type { Answer } from '../../test/scripted-runner.ts';
import type { CharmBase } from '../charm/charm-base.ts';
import { RelationDataAccessError } from './errors.ts';
import type { Relation } from './relation.ts';
import { OwnRelationData } from './relation-data.ts';

const META = { name: 'web', requires: { db: { interface: 'sql' } }, peers: { cluster: { interface: 'peers' } } };

interface Side {
  readonly leader?: boolean;
  readonly answers?: Readonly<Record<string, Answer>>;
}

/** Runs `work` with the relation to `sql` and the one among peers, and returns what was asked but for who is there. */
async function withRelations(
  work: (charm: CharmBase, db: Relation, cluster: Relation) => Promise<unknown>,
  { leader = false, answers = {} }: Side = {},
): Promise<readonly string[]> {
  const { runner } = await inHandler(
    async (charm) => work(charm, await charm.model.relation('db', 7), await charm.model.relation('cluster', 1)),
    {
      meta: META,
      answers: {
        'relation-list --format=json -r db:7': '["sql/0"]',
        'relation-list --format=json -r cluster:1': '["web/1"]',
        'is-leader': String(leader),
        'relation-get': '{"a":"1","b":"2"}',
        ...answers,
      },
    },
  );
  return runner.lines.filter((line) => !line.startsWith('relation-list'));
}

const setsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('relation-set'));

test('data is read once in a dispatch, each bag with its own command', async () => {
  const lines = await withRelations(async ({ unit }, db) => {
    const [remote] = db.units;
    assert.ok(remote);
    assert.deepEqual(await db.data(remote).all(), { a: '1', b: '2' });
    assert.equal(await db.data(remote).get('b'), '2');
    assert.equal(await db.data(remote).get('c'), undefined);
    assert.equal(await db.data(db.app).get('a'), '1');
    assert.equal(await db.data(unit).get('a'), '1');
  });
  assert.deepEqual(lines, [
    'relation-get --format=json -r db:7 - sql/0',
    'relation-get --format=json -r db:7 --app - sql',
    'relation-get --format=json -r db:7 - web/0',
  ]);
});

test("only the leader reads its own application's data, unless it is that of peers", async () => {
  await withRelations(async ({ app }, db, cluster) => {
    await assert.rejects(async () => await db.data(app).all(), RelationDataAccessError);
    assert.equal(await cluster.data(app).get('a'), '1');
  });
  await withRelations(async ({ app }, db) => assert.equal(await db.data(app).get('a'), '1'), { leader: true });
});

test("only the leader writes its application's data, among peers too; every unit writes its own", async () => {
  const lines = await withRelations(async ({ app, unit }, db, cluster) => {
    await assert.rejects(async () => await db.data(app).set('a', 'x'), RelationDataAccessError);
    await assert.rejects(async () => await cluster.data(app).set('a', 'x'), RelationDataAccessError);
    // Also when there is nothing to change.
    await assert.rejects(async () => await cluster.data(app).update({}), RelationDataAccessError);
    await db.data(unit).set('a', 'x');
    await cluster.data(unit).set('a', 'y');
  });
  assert.deepEqual(setsOf(lines), [
    'relation-set -r db:7 --file - < {"a":"x"}',
    'relation-set -r cluster:1 --file - < {"a":"y"}',
  ]);
  const leader = await withRelations(async ({ app }, db) => await db.data(app).set('a', 'x'), { leader: true });
  assert.deepEqual(setsOf(leader), ['relation-set -r db:7 --app --file - < {"a":"x"}']);
});

test('the data of others offers no way to write', async () => {
  await withRelations(async (_charm, db, cluster) => {
    const [remote] = db.units;
    const [peer] = cluster.units;
    assert.ok(remote && peer);
    for (const bag of [db.data(remote), db.data(db.app), cluster.data(peer)]) {
      assert.equal(bag instanceof OwnRelationData, false);
    }
  });
});

test('only what differs is sent, in one command', async () => {
  const lines = await withRelations(async ({ unit }, db) => {
    await db.data(unit).update({ a: '1', b: undefined, c: '3', d: undefined, e: '' });
    assert.deepEqual(await db.data(unit).all(), { a: '1', c: '3' });
    await db.data(unit).update({ c: '3' });
    await db.data(unit).update({});
    await db.data(unit).delete('b');
    await db.data(unit).set('b', '');
    await db.data(unit).delete('a');
  });
  assert.deepEqual(setsOf(lines), [
    'relation-set -r db:7 --file - < {"b":"","c":"3"}',
    'relation-set -r db:7 --file - < {"a":""}',
  ]);
});

test('overlapping writes to one bag act in call order, and none forgets another', async () => {
  const lines = await withRelations(async ({ unit }, db) => {
    const bag = db.data(unit);
    const [, seen] = await Promise.all([
      bag.set('a', 'x'),
      bag.get('a'),
      bag.set('c', 'y'),
      bag.set('a', '1'),
      bag.delete('b'),
    ]);
    assert.equal(seen, 'x');
    assert.deepEqual(await bag.all(), { a: '1', c: 'y' });
    await bag.delete('c');
  });
  assert.deepEqual(
    setsOf(lines).map((line) => line.replace(/^.* < /, '')),
    ['{"a":"x"}', '{"c":"y"}', '{"a":"1"}', '{"b":""}', '{"c":""}'],
  );
});

test('values that are not strings are refused before anything is asked', async () => {
  const lines = await withRelations(async ({ unit }, db) => {
    const values = { port: 80 } as unknown as Record<string, string>;
    await assert.rejects(async () => await db.data(unit).update(values), {
      code: 'relation-data-type',
      message: /"port"/,
    });
  });
  assert.deepEqual(lines, []);
});

test('a write that Juju refuses leaves what we know of the data as it was', async () => {
  const answers = { 'relation-set': { code: 1, stderr: 'ERROR permission denied' } };
  await withRelations(
    async ({ unit }, db) => {
      await assert.rejects(async () => await db.data(unit).set('a', 'x'), { code: 'permission-denied' });
      assert.equal(await db.data(unit).get('a'), '1');
    },
    { answers },
  );
});

test('keys that objects inherit are keys like any other', async () => {
  const lines = await withRelations(async ({ unit }, db) => {
    assert.equal(await db.data(unit).get('constructor'), undefined);
    await db.data(unit).delete('toString');
  });
  assert.deepEqual(setsOf(lines), []);
});
