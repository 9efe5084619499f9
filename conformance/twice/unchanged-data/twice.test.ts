import { addApplication, integrate, requestUpdateStatus } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';

const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };
const updateStatus: Step = (model) => model.change((state) => requestUpdateStatus(state, 'web/0'));

testTwice('relation data that does not change is not sent again', import.meta.dirname, {
  meta: { name: 'web', requires: { db: { interface: 'sql' } } },
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
    model.runWithoutCharm();
    updateStatus(model);
  },
  steps: [updateStatus],
});
