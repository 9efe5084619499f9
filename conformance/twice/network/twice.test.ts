import { addApplication, addUnits, integrate } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

const META = { name: 'web', requires: { db: { interface: 'sql' } } };
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

testTwice('networks, ports and planned units', import.meta.dirname, {
  meta: META,
  steps: [
    (model) => {
      model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
      model.change((state) => integrate(state, 'web:db', 'sql:db'));
      model.change((state, at) => addUnits(state, 'web', 1, at));
    },
  ],
});
