import { requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';
import { META } from './meta.ts';

const level =
  (value: string): Step =>
  (model) =>
    model.change((state) => setConfig(state, 'web', { level: value }));
const updateStatus: Step = (model) => model.change((state) => requestUpdateStatus(state, 'web/0'));

testTwice('statuses are set, and read back', import.meta.dirname, {
  meta: META,
  started: true,
  steps: [level('blocked'), updateStatus, level('waiting'), updateStatus],
});
