import assert from 'node:assert/strict';
import { provisionStorage, removeUnit } from '@charmed/sim/model';
import { testDifference } from '../../twice.ts';
import { META } from './meta.ts';

const STATUS = { status: ['status-set unit maintenance data/0 was at /srv/data'] };

testDifference(
  'a deferred event about a storage that is gone is delivered, where ops fails every dispatch from then on',
  import.meta.dirname,
  {
    meta: META,
    before: (model) => {
      model.change((state) => provisionStorage(state, 'data/0', '/srv/data'));
      model.runWithoutCharm();
      model.change((state) => removeUnit(state, 'web/0'));
    },
  },
  ({ python, ours }) => {
    assert.deepEqual(
      python.map(({ path, code, changes }) => [path, code, changes]),
      [
        ['hooks/data-storage-detaching', 0, STATUS],
        ['hooks/stop', 1, {}],
      ],
    );
    assert.deepEqual(
      ours.map(({ path, code, changes }) => [path, code, changes]),
      [
        ['hooks/data-storage-detaching', 0, STATUS],
        ['hooks/stop', 0, STATUS],
        ['hooks/remove', 0, {}],
      ],
    );
  },
);
