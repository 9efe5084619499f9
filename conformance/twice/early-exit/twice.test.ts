import { enqueueAction, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';

const META = {
  name: 'web',
  config: { options: { port: { type: 'int', default: 80 } } },
  actions: { backup: { params: { level: { type: 'integer' } } } },
} as const;

function backup(level: number): Step {
  return (model) => model.change((state, at) => enqueueAction(state, 'web/0', 'backup', { level }, at).state);
}

testTwice('what does not fit blocks the unit or fails the action, and nothing is kept', import.meta.dirname, {
  meta: META,
  started: true,
  steps: [
    (model) => model.change((state) => setConfig(state, 'web', { port: 443 })),
    backup(10),
    (model) => model.change((state) => setConfig(state, 'web', { port: 8080 })),
    backup(9),
  ],
});
