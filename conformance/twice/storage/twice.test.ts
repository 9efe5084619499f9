import { provisionStorage, removeUnit, setConfig, storageOf } from '@charmed/sim/model';
import { testTwice, type Step } from '../twice.ts';
import { META } from './meta.ts';

/** What the unit has been promised is there. */
const provision: Step = (model) => {
  for (const { id, location } of storageOf(model.state, 'web/0')) {
    if (location === null) model.change((state) => provisionStorage(state, id, `/srv/${id}`));
  }
};

testTwice('storage comes, is asked for, and goes', import.meta.dirname, {
  meta: META,
  before: provision,
  steps: [
    (model) => model.change((state) => setConfig(state, 'web', { port: 2 })),
    provision,
    (model) => model.change((state) => removeUnit(state, 'web/0')),
  ],
});
