import { enqueueAction } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';

const META = { name: 'web', actions: { backup: { params: {} }, fail: {}, crash: {} } };

function act(action: string, params: Readonly<Record<string, string | boolean>> = {}): Step {
  return (model) => model.change((state, at) => enqueueAction(state, 'web/0', action, params, at).state);
}

testTwice('actions that succeed, fail and crash', import.meta.dirname, {
  meta: META,
  started: true,
  steps: [act('backup', { name: 'daily', compress: true }), act('fail'), act('crash')],
});
