import { addApplication, addUnits, integrate, removeRelation, removeUnit } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

const META = { name: 'web', requires: { db: { interface: 'sql' } } };
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

testTwice('relations from created to broken', import.meta.dirname, {
  meta: META,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
  },
  steps: [
    (model) =>
      model.act(
        'sql/0',
        ['relation-set', '-r', '0', '--app', 'url=sql://ü'],
        ['relation-set', '-r', '0', 'obsolete=yes'],
      ),
    (model) => {
      model.change((state, at) => addUnits(state, 'sql', 1, at));
      model.change((state) => removeUnit(state, 'sql/0'));
    },
    (model) => model.change((state) => removeRelation(state, 'web:db', 'sql:db')),
  ],
});
