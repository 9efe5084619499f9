import { addApplication, integrate, setConfig } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';
import { META } from './meta.ts';

const BROWSER = { name: 'browser', requires: { site: { interface: 'http' } } };
const config =
  (ports: string, extra = '-'): Step =>
  (model) =>
    model.change((state) => setConfig(state, 'web', { ports, extra }));

testTwice('addresses are published, ports opened and closed', import.meta.dirname, {
  meta: META,
  started: true,
  before: (model) => {
    model.change((state, at) => addApplication(state, { name: 'browser', charm: BROWSER }, at));
    model.change((state) => integrate(state, 'web:site', 'browser:site'));
    config('80,443')(model);
  },
  steps: [config('443,8080', 'icmp'), config('80,443', 'close'), config('')],
});
