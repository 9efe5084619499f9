import assert from 'node:assert/strict';
import { requestUpdateStatus, setConfig } from '@charmed/sim/model';
import { testDifference } from '../../twice.ts';
import { META } from './meta.ts';

const SET = 'status-set unit active port 3';

testDifference(
  'a deferred event waits for a handler that does not observe it for a while',
  import.meta.dirname,
  {
    meta: META,
    started: true,
    before: (model) => model.change((state) => setConfig(state, 'web', { port: 2 })),
    steps: [
      (model) => model.change((state) => requestUpdateStatus(state, 'web/0')),
      (model) => model.change((state) => setConfig(state, 'web', { port: 3 })),
    ],
  },
  ({ python, ours }) => {
    assert.deepEqual(python[1], ours[1]);
    assert.deepEqual(python.at(-1)?.changes, { status: [SET] }); // the new event alone
    assert.deepEqual(ours.at(-1)?.changes, { status: [SET, SET] }); // the deferred one, and the new one
  },
);
