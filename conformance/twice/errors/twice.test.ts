import { addApplication, integrate, requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { retry, testTwice, type Step } from '../twice.ts';

const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  config: { options: { try: { type: 'int', default: 1 } } },
} as const;
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };
const attempt =
  (value: number): Step =>
  (model) =>
    model.change((state) => setConfig(state, 'web', { try: value }));

testTwice('a hook that fails is in error until it succeeds, and what it held back is lost', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
    model.runWithoutCharm();
  },
  steps: [(model) => model.change((state) => requestUpdateStatus(state, 'web/0')), attempt(2), retry, attempt(3)],
});
