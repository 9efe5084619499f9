import { addApplication, integrate, requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';

const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  config: { options: { port: { type: 'int', default: 1 } } },
} as const;
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

const configure =
  (port: number): Step =>
  (model) =>
    model.change((state) => setConfig(state, 'web', { port }));
const updateStatus: Step = (model) => model.change((state) => requestUpdateStatus(state, 'web/0'));

testTwice('deferred events come again in their order, once each', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL, units: 2 }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
    model.runWithoutCharm();
    configure(2)(model);
  },
  steps: [
    (model) => model.act('sql/1', ['relation-set', '-r', '0', 'url=a']),
    configure(3),
    (model) => model.act('sql/0', ['relation-set', '-r', '0', 'url=b']),
    updateStatus,
    configure(4),
  ],
});
