import { addApplication, integrate, removeRelation } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

const META = { name: 'web', requires: { db: { interface: 'sql' } } };
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

testTwice('a library tells the charm, which defers what it was told', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
  },
  steps: [
    (model) => model.act('sql/0', ['relation-set', '-r', '0', '--app', 'url=sql://1']),
    (model) => model.act('sql/0', ['relation-set', '-r', '0', '--app', 'url=sql://2']),
    (model) => model.change((state) => removeRelation(state, 'web:db', 'sql:db')),
  ],
});
