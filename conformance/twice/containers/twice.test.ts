import { containerReady, requestUpdateStatus } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

testTwice('a container that cannot be reached is waited for', import.meta.dirname, {
  meta: { name: 'web', containers: { nowhere: {} } },
  started: true,
  before: (model) => model.change((state) => containerReady(state, 'web/0', 'nowhere')),
  steps: [
    (model) => model.change((state) => requestUpdateStatus(state, 'web/0')),
    (model) => model.change((state) => containerReady(state, 'web/0', 'nowhere')),
  ],
});
