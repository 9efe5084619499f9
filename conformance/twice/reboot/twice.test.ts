import { requestUpdateStatus } from '@charmed/sim/model';
import { testTwice } from '../twice.ts';

testTwice('a machine is rebooted after the hook', import.meta.dirname, {
  meta: { name: 'web' },
  started: true,
  before: (model) => model.change((state) => requestUpdateStatus(state, 'web/0')),
});
