// Storage and its events.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dispatch, MemoryStore } from '../../test/dispatch.ts';
import { inHandler, inHandlerOf } from '../../test/in-handler.ts';
import { CharmBase, type CharmFramework } from '../charm/charm-base.ts';
import type { StorageEvent } from '../events/storage.ts';

const meta = { name: 'web', storage: { data: { type: 'filesystem' as const }, logs: { type: 'filesystem' as const } } };

test('the instances of a storage are listed once, and each is asked for its location when that is wanted', async () => {
  const { runner } = await inHandler(
    async ({ model }) => {
      const [first, second, ...rest] = await model.storages('data');
      assert.deepEqual([first?.id, first?.name, first?.index, second?.id, rest], ['data/0', 'data', 0, 'data/12', []]);
      assert.equal(await second?.location(), '/srv/data/12');
      assert.equal(await second?.location(), '/srv/data/12');
      assert.equal((await model.storages('data'))[1], second);
      assert.deepEqual(await model.storages('logs'), []);
    },
    {
      meta,
      answers: {
        'storage-list --format=json data': '["data/0","data/12"]',
        'storage-list --format=json logs': '[]',
        'storage-get': '{"kind":"filesystem","location":"/srv/data/12"}',
      },
    },
  );
  assert.deepEqual(runner.lines, [
    'storage-list --format=json data',
    'storage-get --format=json -s data/12',
    'storage-list --format=json logs',
  ]);
});

test('more instances can be asked for', async () => {
  const { runner } = await inHandler(
    async ({ model }) => {
      await model.requestStorages('data');
      await model.requestStorages('logs', 3);
      for (const count of [0, -1, 1.5, Number.NaN]) {
        await assert.rejects(async () => model.requestStorages('data', count), { code: 'bad-storage-count' });
      }
      for (const ask of [() => model.storages('x'), () => model.requestStorages('x')]) {
        await assert.rejects(async () => ask(), { code: 'unknown-storage', message: /x.*data, logs/ });
      }
    },
    { meta },
  );
  assert.deepEqual(runner.lines, ['storage-add data=1', 'storage-add logs=3']);
});

const EVENT = { JUJU_STORAGE_ID: 'data/3', JUJU_STORAGE_LOCATION: '/ignored' };

test('an event about a storage has it, with its location', async () => {
  for (const what of ['attached', 'detaching'] as const) {
    const { runner } = await inHandlerOf(
      (on) => on.storage('data')[what],
      async (_charm, { storage }) => {
        assert.deepEqual([storage.id, await storage.location()], ['data/3', '/srv/data']);
      },
      { meta, environment: EVENT, answers: { 'storage-get': '{"kind":"filesystem","location":"/srv/data"}' } },
    );
    assert.deepEqual(runner.lines, ['storage-get --format=json -s data/3']);
  }
});

test('nothing is asked of a storage that nobody observes', async () => {
  const { runner } = await dispatch(CharmBase, 'hooks/data-storage-attached', { meta, environment: EVENT });
  assert.deepEqual(runner.lines, []);
});

test('a deferred event still has the location of a storage that is gone', async () => {
  const seen: string[] = [];
  class Deferring extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.storage('data').detaching, this.#onDetaching);
    }

    async #onDetaching(event: StorageEvent): Promise<void> {
      seen.push(await event.storage.location());
      event.defer();
    }
  }
  const store = new MemoryStore();
  const answers = { 'storage-get': '{"kind":"block","location":"/dev/sdb"}' };
  await dispatch(Deferring, 'hooks/data-storage-detaching', { meta, store, answers, environment: EVENT });
  const { runner } = await dispatch(Deferring, 'hooks/update-status', { meta, store });
  assert.deepEqual(seen, ['/dev/sdb', '/dev/sdb']);
  assert.deepEqual(runner.lines, []);
});
