import { addApplication, enqueueAction, integrate, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';
import { META } from './meta.ts';

const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };
const backup =
  (name: string): Step =>
  (model) =>
    model.change((state, at) => enqueueAction(state, 'web/0', 'backup', { name }, at).state);

testTwice('typed data is loaded and saved, and what does not fit is told', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
    model.runWithoutCharm();
    model.act('sql/0', ['relation-set', '-r', '0', '--app', 'user="admin"', 'roles=["reader","writer"]', 'limit=3']);
  },
  steps: [
    (model) => model.change((state) => setConfig(state, 'web', { port: 80 })),
    (model) => model.change((state) => setConfig(state, 'web', { port: 9090, 'log-level': 'debug' })),
    backup('daily'),
    backup('a b'),
  ],
});
