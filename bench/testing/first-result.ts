// A test file with one test: the same as first_result.py.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus } from '@charmed/ops';
import { Context, Relation, State } from '@charmed/testing';
import { RelationCharm } from './charm.ts';

test('the status is the url', async () => {
  const ctx = new Context(RelationCharm);
  const db = new Relation('db', { remoteAppData: { url: 'sql://db' } });
  const out = await ctx.run(ctx.on.relationChanged(db, { remoteUnit: 0 }), new State({ relations: [db] }));
  assert.deepEqual(out.unitStatus, new ActiveStatus('sql://db'));
});
