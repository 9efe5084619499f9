import { refreshCharm, removeUnit, requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';
import { META } from './meta.ts';

testTwice('the life of a unit', import.meta.dirname, {
  meta: META,
  steps: [
    (model) => model.change((state) => setConfig(state, 'web', { port: 80, ratio: 0.25, debug: true })),
    (model) => model.change((state) => requestUpdateStatus(state, 'web/0')),
    (model) => model.change((state) => refreshCharm(state, 'web', META)),
    (model) => model.change((state) => removeUnit(state, 'web/0')),
  ],
});
