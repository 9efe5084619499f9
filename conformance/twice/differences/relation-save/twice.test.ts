import assert from 'node:assert/strict';
import { addApplication, integrate } from '@charmed/sim/model';
import { testDifference } from '../../twice.ts';

const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

testDifference(
  'the same JSON is saved in another spelling: without spaces, and with characters as they are',
  import.meta.dirname,
  {
    meta: { name: 'web', requires: { db: { interface: 'sql' } } },
    started: true,
    before: (model) => {
      model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
      model.change((state) => integrate(state, 'web:db', 'sql:db'));
    },
  },
  ({ python, ours }) => {
    assert.deepEqual(python[0]?.changes, {
      relation: [String.raw`relation-set 0 app {"roles":"[\"reader\", \"writer\"]","user":"\"\\u00fc\""}`],
    });
    assert.deepEqual(ours[0]?.changes, {
      relation: [String.raw`relation-set 0 app {"roles":"[\"reader\",\"writer\"]","user":"\"ü\""}`],
    });
  },
);
