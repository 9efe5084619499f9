import { addApplication, integrate, requestUpdateStatus, setConfig } from '@charmed/sim/model';
import type { SimulatedModel } from '../../simulated/model.ts';
import { testTwice } from '../twice.ts';
import { META } from './meta.ts';

const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

/** The secret that the unit under test has published. */
function loginOf({ state }: SimulatedModel): string {
  return `secret:${state.relations[0]?.applications['web']?.settings['login']}`;
}

testTwice('secrets of its own, and one of another application', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
    model.change((state) => integrate(state, 'web:db', 'sql:db'));
  },
  steps: [
    (model) => {
      model.act('sql/0', ['secret-get', loginOf(model)]);
      const [id = ''] = model.act('sql/0', ['secret-add', '--label', 'ours', 'key=one']);
      model.act('sql/0', ['secret-grant', '-r', '0', id], ['relation-set', '-r', '0', '--app', `secret=${id}`]);
    },
    (model) => {
      const [info = ''] = model.act('sql/0', ['secret-info-get', '--label', 'ours', '--format', 'json']);
      const [id = ''] = Object.keys(JSON.parse(info));
      model.act('sql/0', ['secret-set', id, 'key=two']);
    },
    (model) => model.change((state) => setConfig(state, 'web', { port: 2 })),
    (model) => model.act('sql/0', ['secret-get', loginOf(model), '--refresh']),
    (model) => model.change((state) => requestUpdateStatus(state, 'web/0')),
  ],
});
