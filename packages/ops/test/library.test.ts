// A library as its author writes it: an object under the charm with events, state and handlers of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CharmBase,
  CustomEventBase,
  OpsObject,
  type AnyCharm,
  type Framework,
  type RelationChangedEvent,
} from '../src/index.ts';
import { dispatch, MemoryStore } from './dispatch.ts';

class DatabaseReadyEvent extends CustomEventBase<{ url: string; relationId: number }> {}

class Database extends OpsObject {
  readonly on = this.defineEvents({ ready: DatabaseReadyEvent });
  #stored = this.storedState({ last: '' });

  constructor(charm: AnyCharm, endpoint: string) {
    super(charm, endpoint);
    this.observe(charm.on.relation(endpoint).changed, this.#onChanged);
  }

  async #onChanged(event: RelationChangedEvent): Promise<void> {
    const url = await event.relation.data(event.app).get('url');
    if (!url || url === this.#stored.last) return;
    this.#stored.last = url;
    await this.on.ready.emit({ url, relationId: event.relation.id });
  }
}

const META = { name: 'web', requires: { db: { interface: 'sql' }, cache: { interface: 'sql' } } };

function charmOf(onReady: (event: DatabaseReadyEvent) => void) {
  return class WebCharm extends CharmBase {
    readonly database: Database = new Database(this, 'db');
    readonly cache: Database = new Database(this, 'cache');

    constructor(framework: Framework) {
      super(framework);
      this.observe(this.database.on.ready, this.#onReady);
    }

    #onReady(event: DatabaseReadyEvent): void {
      onReady(event);
    }
  };
}

function changed(endpoint: string, url: string, store: MemoryStore) {
  return {
    meta: META,
    store,
    environment: {
      JUJU_RELATION: endpoint,
      JUJU_RELATION_ID: `${endpoint}:7`,
      JUJU_REMOTE_APP: 'sql',
      JUJU_REMOTE_UNIT: 'sql/0',
    },
    answers: { 'relation-list': '["sql/0"]', 'relation-get': JSON.stringify({ url }) },
  };
}

test('the charm hears from its libraries, defers what they say, and hears it again', async () => {
  const store = new MemoryStore();
  const seen: unknown[] = [];
  const defer = charmOf((event) => {
    seen.push(event.payload);
    event.defer();
  });
  await dispatch(defer, 'hooks/db-relation-changed', changed('db', 'sql://1', store));
  await dispatch(defer, 'hooks/cache-relation-changed', changed('cache', 'sql://2', store));
  await dispatch(defer, 'hooks/db-relation-changed', changed('db', 'sql://1', store));
  assert.deepEqual(
    seen,
    Array.from({ length: 3 }, () => ({ url: 'sql://1', relationId: 7 })),
  );
  assert.deepEqual(
    store.contents.notices.map(({ emitter, observer, handler }) => [emitter, observer, handler]),
    [['charm/db/on', 'charm', '#onReady']],
  );
  assert.deepEqual(
    [...store.contents.states],
    [
      ['charm/db/stored', { last: 'sql://1' }],
      ['charm/cache/stored', { last: 'sql://2' }],
    ],
  );
});

test('the charm can emit events of its own, but none that Juju sends', async () => {
  const seen: string[] = [];
  class OwnCharm extends CharmBase {
    readonly events = this.defineEvents({ restarted: DatabaseReadyEvent });

    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
      this.observe(this.events.restarted, this.#onRestarted);
    }

    async #onStart(): Promise<void> {
      await this.events.restarted.emit({ url: 'x', relationId: 1 });
    }

    #onRestarted(event: DatabaseReadyEvent): void {
      seen.push(event.payload.url);
    }
  }
  await dispatch(OwnCharm, 'hooks/start');
  assert.deepEqual(seen, ['x']);
  for (const name of ['configChanged', 'dbRelationChanged', 'collectUnitStatus']) {
    class Clash extends CharmBase {
      readonly events = this.defineEvents({ [name]: DatabaseReadyEvent });
    }
    await assert.rejects(dispatch(Clash, 'hooks/start', { meta: META }), { code: 'duplicate-event' }, name);
  }
});
