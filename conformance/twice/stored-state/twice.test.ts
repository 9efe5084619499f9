import { requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';

const META = { name: 'web', config: { options: { port: { type: 'int', default: 1 } } } } as const;
const updateStatus: Step = (model) => model.change((state) => requestUpdateStatus(state, 'web/0'));

testTwice('stored state survives dispatches that succeed, and those alone', import.meta.dirname, {
  meta: META,
  started: true,
  steps: [
    updateStatus,
    updateStatus,
    (model) => model.change((state) => setConfig(state, 'web', { port: 2 })),
    (model) => model.giveUp(),
    updateStatus,
  ],
});
