import { setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';
import { META } from './meta.ts';

const level =
  (value: string): Step =>
  (model) =>
    model.change((state) => setConfig(state, 'web', { level: value }));
const LEVELS = ['waiting', 'blocked', 'none', 'wrong'].map(level);

testTwice('the most important status is set, of equals the first', import.meta.dirname, {
  meta: META,
  started: true,
  steps: LEVELS,
});

testTwice('a unit that does not lead collects no status of the application', import.meta.dirname, {
  meta: META,
  unit: 'web/1',
  started: true,
  steps: LEVELS.slice(0, 1),
});
