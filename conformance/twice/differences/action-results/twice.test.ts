import assert from 'node:assert/strict';
import { enqueueAction } from '@charmed/sim/model';
import { testDifference } from '../../twice.ts';

testDifference(
  'the values of action results are spelled as each language spells them',
  import.meta.dirname,
  {
    meta: { name: 'web', actions: { report: {} } },
    started: true,
    before: (model) => model.change((state, at) => enqueueAction(state, 'web/0', 'report', {}, at).state),
  },
  ({ python, ours }) => {
    assert.deepEqual(python.at(-1)?.changes, {
      action: ['action-set {"count":"3","large":"1e+21","no":"False","whole":"1.0","yes":"True"}'],
    });
    assert.deepEqual(ours.at(-1)?.changes, {
      action: ['action-set {"count":"3","large":"1e+21","no":"false","whole":"1","yes":"true"}'],
    });
  },
);
