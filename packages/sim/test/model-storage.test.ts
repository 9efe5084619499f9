// Storage over a model: when it is attached, what more a charm may ask for, and its end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { addApplication, provisionStorage, removeUnit, storageOf } from '@charmed/sim/model';
import { TestModel } from './test-model.ts';

const CHARM: MetaSource = {
  name: 'db',
  storage: {
    data: { type: 'filesystem' },
    cache: { type: 'filesystem', multiple: { range: '0-2' } },
    disk: { type: 'block', multiple: { range: '1+' } },
  },
};

function deployed(charm: MetaSource = CHARM): TestModel {
  const made = new TestModel();
  made.change((state, at) => addApplication(state, { name: 'db', charm }, at));
  return made;
}

function provision(made: TestModel, ...ids: readonly string[]): void {
  for (const id of ids) made.change((state) => provisionStorage(state, id, `/srv/${id}`));
}

test('a machine charm has its storage before its first hook', () => {
  const made = deployed();
  const ids = storageOf(made.state, 'db/0').map(({ id }) => id);
  assert.deepEqual(ids, ['data/0', 'disk/1']);
  assert.equal(made.next('db/0'), undefined, 'waits for its storage');
  provision(made, 'disk/1');
  assert.deepEqual(made.settle('db/0'), ['storage-attached disk/1']);
  const attached = made.begin('db/0', { kind: 'update-status' });
  assert.match(attached.refused('storage-get -s data/0'), /storage attachment "data\/0" not provisioned$/);
  attached.succeed();
});

test('storage-attached knows its storage, and comes before install', () => {
  const made = deployed();
  provision(made, 'data/0', 'disk/1');
  const event = made.next('db/0');
  assert.deepEqual(event, { kind: 'storage-attached', storage: 'data/0' });
  const hook = made.begin('db/0', event);
  assert.equal(hook.print('storage-get location'), '/srv/data/0');
  assert.equal(hook.print('storage-list'), 'data/0\ndisk/1');
  hook.succeed();
  assert.deepEqual(made.settle('db/0'), [
    'storage-attached disk/1',
    'install',
    'leader-elected',
    'config-changed',
    'start',
  ]);
});

test('in a pod, storage comes after the start', () => {
  const made = deployed({ name: 'db', containers: { db: {} }, storage: { data: { type: 'filesystem' } } });
  provision(made, 'data/0');
  assert.deepEqual(made.settle('db/0'), [
    'install',
    'leader-elected',
    'config-changed',
    'start',
    'storage-attached data/0',
  ]);
});

test('more storage is attached when the hook that asked for it has succeeded', () => {
  const made = deployed();
  provision(made, 'data/0', 'disk/1');
  made.settle('db/0');
  const failing = made.begin('db/0');
  failing.print('storage-add cache=2');
  failing.fail();
  made.settle('db/0');
  assert.equal(storageOf(made.state, 'db/0').length, 2);
  const hook = made.begin('db/0');
  hook.print('storage-add cache disk=1');
  assert.equal(hook.print('storage-list cache'), '');
  hook.succeed();
  assert.deepEqual(made.settle('db/0'), [], 'nothing is there yet');
  provision(made, 'cache/2', 'disk/3');
  assert.deepEqual(made.settle('db/0'), ['storage-attached cache/2', 'storage-attached disk/3']);
});

test('the hook fails when it asked for storage that the charm may not have', () => {
  for (const [asked, reason] of [
    ['data=1', /^cannot attach, storage is singular$/],
    ['cache=3', /brings the total to 3, exceeding the maximum of 2$/],
    ['nope', /^charm storage "nope" not found$/],
  ] as const) {
    const made = deployed();
    provision(made, 'data/0', 'disk/1');
    made.settle('db/0');
    const hook = made.begin('db/0');
    hook.print(`storage-add ${asked}`);
    assert.match(hook.refusal ?? '', reason);
    hook.succeed();
    assert.equal(made.state.units['db/0']?.hook?.step, 'failed', asked);
    assert.equal(storageOf(made.state, 'db/0').length, 2);
  }
});

test('a unit lets go of its storage before it stops', () => {
  const made = deployed();
  provision(made, 'data/0', 'disk/1');
  made.settle('db/0');
  made.change((state) => removeUnit(state, 'db/0'));
  assert.deepEqual(made.settle('db/0'), ['storage-detaching data/0', 'storage-detaching disk/1', 'stop', 'remove']);
  assert.deepEqual(made.state.storage, {});
});
