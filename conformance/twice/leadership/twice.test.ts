import { removeUnit, requestUpdateStatus } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

const META = { name: 'web', peers: { peers: { interface: 'web' } } };

testTwice('a leader and its peers', import.meta.dirname, {
  meta: META,
  steps: [(model) => model.change((state) => requestUpdateStatus(state, 'web/0'))],
});

testTwice('a unit that does not lead may not do what only the leader may, until it leads', import.meta.dirname, {
  meta: META,
  unit: 'web/1',
  started: true,
  steps: [
    (model) => model.change((state) => requestUpdateStatus(state, 'web/1')),
    (model) => model.change((state) => removeUnit(state, 'web/0')),
  ],
});
