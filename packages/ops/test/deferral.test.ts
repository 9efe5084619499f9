// Deferred events and stored state over several dispatches of one unit, some of which fail.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, type CharmFramework } from '../src/charm/charm-base.ts';
import type { EventBase } from '../src/framework/event.ts';
import { OpsObject } from '../src/charm/ops-object.ts';
import { dispatch, MemoryStore } from './dispatch.ts';

const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  containers: { web: null },
  actions: { ping: {} },
};

/** A charm whose handlers do as they are told from outside, since each dispatch makes a new one. */
function charmOf(script: (event: EventBase, charm: { count: number }) => void | Promise<void>) {
  const seen: string[] = [];
  class ScriptedCharm extends CharmBase {
    #stored = this.storedState({ count: 0 });

    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.configChanged, this.#onEvent);
      this.observe(this.on.updateStatus, this.#onEvent);
      this.observe(this.on.relation('db').changed, this.#onEvent);
      this.observe(this.on.container('web').pebbleReady, this.#onEvent);
      for (const event of [this.on.stop, this.on.remove, this.on.action('ping'), this.on.collectUnitStatus]) {
        this.observe(event, this.#onFinal);
      }
    }

    async #onEvent(event: EventBase): Promise<void> {
      seen.push(event.kind);
      await script(event, this.#stored);
    }

    async #onFinal(event: EventBase): Promise<void> {
      if (event.kind !== 'collect-unit-status') await script(event, this.#stored);
    }
  }
  return { charm: ScriptedCharm, seen };
}

test('what is deferred comes again in the next dispatch, before its event, until it is dealt with', async () => {
  const store = new MemoryStore();
  const patient = charmOf((event, stored) => {
    stored.count += 1;
    if (event.kind === 'config-changed' && stored.count < 3) event.defer();
  });
  await dispatch(patient.charm, 'hooks/config-changed', { meta: META, store });
  await dispatch(patient.charm, 'hooks/update-status', { meta: META, store });
  await dispatch(patient.charm, 'hooks/update-status', { meta: META, store });
  assert.deepEqual(patient.seen, [
    'config-changed',
    'config-changed',
    'update-status',
    'config-changed',
    'update-status',
  ]);
  assert.deepEqual(store.contents.notices, []);
  assert.deepEqual(store.contents.states, new Map([['charm/stored', { count: 5 }]]));
});

test('a crash commits nothing, and the next dispatch sees what was there before', async () => {
  const store = new MemoryStore();
  const defer = charmOf((event, stored) => {
    stored.count += 1;
    event.defer();
  });
  await dispatch(defer.charm, 'hooks/config-changed', { meta: META, store });
  const before = structuredClone(store.contents);
  const crash = charmOf((event, stored) => {
    stored.count += 10;
    if (event.kind === 'update-status') throw new Error('broken');
  });
  await assert.rejects(dispatch(crash.charm, 'hooks/update-status', { meta: META, store }), /broken/);
  assert.deepEqual(crash.seen, ['config-changed', 'update-status']);
  assert.deepEqual(store.contents, before);
  const healed = charmOf(() => undefined);
  await dispatch(healed.charm, 'hooks/update-status', { meta: META, store });
  assert.deepEqual(healed.seen, ['config-changed', 'update-status']);
});

test('a dispatch that runs again after its commit is deduplicated against what it deferred itself', async () => {
  const store = new MemoryStore();
  const { charm, seen } = charmOf((event) => event.defer());
  await dispatch(charm, 'hooks/config-changed', { meta: META, store });
  const { log } = await dispatch(charm, 'hooks/config-changed', { meta: META, store });
  assert.deepEqual(seen, ['config-changed', 'config-changed']);
  assert.equal(store.contents.notices.length, 1);
  assert.ok(log.some(({ message }) => message.startsWith('Skipping notice')));
});

test('a dispatch in which nothing changed commits nothing', async () => {
  const store = new MemoryStore();
  const { charm } = charmOf(() => undefined);
  await dispatch(charm, 'hooks/config-changed', { meta: META, store });
  const commits = store.commits;
  await dispatch(charm, 'hooks/config-changed', { meta: META, store });
  assert.equal(store.commits, commits);
});

test('a relation event comes back as it was, also when its relation is gone by then', async () => {
  const store = new MemoryStore();
  const environment = {
    JUJU_RELATION: 'db',
    JUJU_RELATION_ID: 'db:7',
    JUJU_REMOTE_APP: 'sql',
    JUJU_REMOTE_UNIT: 'sql/1',
  };
  const defer = charmOf((event) => event.defer());
  const answers = { 'relation-list': '["sql/0","sql/1"]' };
  await dispatch(defer.charm, 'hooks/db-relation-changed', { meta: META, store, environment, answers });
  const gone = { 'relation-list': { code: 2, stderr: 'ERROR invalid value "db:7" for option -r: relation not found' } };
  for (const then of [answers, gone]) {
    const facts: unknown[] = [];
    const look = charmOf((event) => {
      const { relation, unit, app } = event as EventBase & Record<'relation' | 'unit' | 'app', { name: string }>;
      facts.push(event.kind, relation.name, unit.name, app.name);
      event.defer();
    });
    await dispatch(look.charm, 'hooks/start', { meta: META, store, answers: then });
    assert.deepEqual(facts, ['db-relation-changed', 'db', 'sql/1', 'sql']);
  }
});

test('a pebble-ready event comes back with its container', async () => {
  const store = new MemoryStore();
  const defer = charmOf((event) => event.defer());
  const environment = { JUJU_WORKLOAD_NAME: 'web' };
  await dispatch(defer.charm, 'hooks/web-pebble-ready', { meta: META, store, environment });
  const workloads: unknown[] = [];
  const look = charmOf(
    (event) => void workloads.push((event as EventBase & { workload: { name: string } }).workload.name),
  );
  await dispatch(look.charm, 'hooks/start', { meta: META, store });
  assert.deepEqual(workloads, ['web']);
});

test('what cannot come again cannot be deferred', async () => {
  const { charm } = charmOf((event) => event.defer());
  for (const path of ['hooks/stop', 'hooks/remove', 'actions/ping']) {
    const run = dispatch(charm, path, { meta: META, answers: { 'action-get': '{}' } });
    await assert.rejects(run, { code: 'not-deferrable' }, path);
  }
});

test('renaming the class of a charm orphans neither its state nor what it deferred', async () => {
  const store = new MemoryStore();
  const seen: number[] = [];
  const charm = (name: string, defer: boolean) => {
    const named = {
      [name]: class extends CharmBase {
        #stored = this.storedState({ count: 0 });

        constructor(framework: CharmFramework) {
          super(framework);
          this.observe(this.on.configChanged, this.#onConfigChanged);
        }

        #onConfigChanged(event: EventBase): void {
          seen.push((this.#stored.count += 1));
          if (defer) event.defer();
        }
      },
    };
    return named[name] ?? assert.fail();
  };
  await dispatch(charm('OldCharm', true), 'hooks/config-changed', { store });
  await dispatch(charm('NewCharm', false), 'hooks/start', { store });
  assert.deepEqual(seen, [1, 2]);
});

test('the parts of a charm have state of their own', async () => {
  class Part extends OpsObject {
    readonly stored = this.storedState({ name: this.handle });
    readonly second = this.storedState({ n: 1 }, { name: 'second' });
  }
  class WholeCharm extends CharmBase {
    readonly parts = [new Part(this, 'a'), new Part(this, 'b')];
  }
  const store = new MemoryStore();
  await dispatch(WholeCharm, 'hooks/start', { store });
  assert.deepEqual([...store.contents.states.keys()].toSorted(), [
    'charm/a/second',
    'charm/a/stored',
    'charm/b/second',
    'charm/b/stored',
  ]);
});
