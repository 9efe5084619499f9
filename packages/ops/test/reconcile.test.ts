// Reconcilers: when they run, how often, and how a test finds out that one would not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, OpsObject, type AnyCharm, type CharmEvent, type EventBase, type Framework } from '../src/index.ts';
import type { ReconcileEvent } from '../src/events/reconcile.ts';
import { assertRunAgain } from '../src/testing/index.ts';
import { dispatch, MemoryStore, type DispatchOptions } from './dispatch.ts';

const META = {
  name: 'web',
  requires: { db: { interface: 'sql' }, cache: { interface: 'redis' } },
  peers: { cluster: { interface: 'web_peers' } },
  containers: { web: null },
  actions: { backup: {} },
  config: { options: { port: { type: 'int' } } },
} as const;

const RELATION = {
  JUJU_RELATION: 'db',
  JUJU_RELATION_ID: 'db:7',
  JUJU_REMOTE_APP: 'sql',
  JUJU_REMOTE_UNIT: 'sql/0',
  JUJU_WORKLOAD_NAME: 'web',
  JUJU_SECRET_ID: 'secret:9m4e2mr0ui3e8a215n4g',
  JUJU_SECRET_REVISION: '1',
};
const ANSWERS = {
  'action-get': '{}',
  'config-get': '{"port":80}',
  'is-leader': 'true',
  'relation-ids': '["db:7"]',
  'relation-list': '["sql/0"]',
  'relation-get': '{"url":"sql://db"}',
  'secret-get': '{"password":"x"}',
};

class ReconcilingCharm extends CharmBase {
  readonly happened: string[] = [];

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  #reconcile(event: ReconcileEvent): void {
    this.happened.push(`reconcile for ${event.cause}`);
    assert.throws(() => event.defer(), { code: 'not-deferrable' });
  }

  #onConfigChanged(event: EventBase): void {
    this.happened.push('config-changed');
    event.defer();
  }

  #onCollectStatus(): void {
    this.happened.push('collect-status');
  }
}

async function happened(path: string, store = new MemoryStore()): Promise<readonly string[]> {
  const seen: string[] = [];
  class SeenCharm extends ReconcilingCharm {
    override readonly happened: string[] = seen;
  }
  await dispatch(SeenCharm, path, { meta: META, environment: RELATION, answers: ANSWERS, store });
  return seen;
}

test('a reconciler runs once, after deferred events and the event, and before statuses are collected', async () => {
  const store = new MemoryStore();
  const once = ['config-changed', 'reconcile for config-changed', 'collect-status'];
  assert.deepEqual(await happened('hooks/config-changed', store), once);
  assert.deepEqual(await happened('hooks/db-relation-changed', store), [
    'config-changed',
    'reconcile for db-relation-changed',
    'collect-status',
  ]);
});

test('it runs for what it may depend on, of every endpoint and container, and for nothing else', async () => {
  const reasons = [
    'start',
    'config-changed',
    'upgrade-charm',
    'leader-elected',
    'secret-changed',
    'update-status',
  ].concat(
    ['created', 'joined', 'changed', 'departed', 'broken'].map((what) => `db-relation-${what}`),
    ['cache-relation-created', 'cluster-relation-changed', 'web-pebble-ready'],
  );
  for (const kind of reasons) {
    assert.equal((await happened(`hooks/${kind}`)).at(-2), `reconcile for ${kind}`, kind);
  }
  const others = ['hooks/install', 'hooks/stop', 'hooks/remove', 'hooks/secret-rotate', 'actions/backup'];
  for (const path of [...others, 'hooks/unknown', 'hooks/sidecar-pebble-ready']) {
    assert.deepEqual(await happened(path), ['collect-status'], path);
  }
});

test('a library has reconcilers of its own', async () => {
  const seen: string[] = [];
  class Library extends OpsObject {
    constructor(charm: AnyCharm) {
      super(charm, 'library');
      this.reconcile(this.#reconcile);
    }

    #reconcile(): void {
      seen.push(this.handle);
    }
  }
  class LibraryCharm extends CharmBase {
    readonly library = new Library(this);
  }
  await dispatch(LibraryCharm, 'hooks/start');
  assert.deepEqual(seen, ['charm/library']);
});

/** The framework after a dispatch of config-changed to a charm that reads `read` in a handler of `events`. */
async function after(
  read: (charm: CharmBase) => unknown,
  events: ((charm: CharmBase) => readonly CharmEvent<EventBase>[]) | 'reconcile',
  options: DispatchOptions = {},
): Promise<Framework> {
  class ReadingCharm extends CharmBase {
    constructor(framework: Framework) {
      super(framework);
      if (events === 'reconcile') this.reconcile(this.#reconcile);
      else for (const event of events(this)) this.observe(event, this.#reconcile);
    }

    async #reconcile(): Promise<void> {
      await read(this);
    }
  }
  const { framework } = await dispatch(ReadingCharm, 'hooks/config-changed', {
    meta: META,
    environment: RELATION,
    answers: ANSWERS,
    ...options,
  });
  return framework ?? assert.fail();
}

const reads: Readonly<Record<string, (charm: CharmBase) => unknown>> = {
  'relation `db`': (charm) => charm.model.relation('db'),
  leadership: (charm) => charm.unit.isLeader(),
  'container `web`': (charm) =>
    charm.unit
      .container('web')
      .canConnect()
      .catch(() => false),
  'secret `password`': (charm) => charm.model.secret({ label: 'password' }),
};

test('what is read without being observed is told, each with the event that is missing', async () => {
  const observed = (charm: CharmBase) => [charm.on.configChanged, charm.on.start];
  for (const [what, read] of Object.entries(reads)) {
    const framework = await after(read, observed);
    const name = /`.*`/.exec(what)?.[0] ?? 'it';
    const message = `charm.#reconcile reads ${what}, but nothing runs it again when ${name} changes. Observe `;
    assert.throws(
      () => assertRunAgain(framework),
      (error: Error & { code: string }) => {
        assert.equal(error.code, 'not-run-again');
        assert.ok(error.message.startsWith(message), error.message);
        assert.match(error.message, /Observe this\.on\.\w+.*, or use this\.reconcile\(\)\.$/);
        return true;
      },
    );
    assertRunAgain(await after(read, 'reconcile'));
  }
});

test('what is read and observed is fine', async () => {
  const read = async (charm: CharmBase) => {
    await charm.config();
    const relation = await charm.model.relation('db');
    await relation?.data(relation.app).get('url');
  };
  assertRunAgain(await after(read, (charm) => [charm.on.configChanged, charm.on.relation('db').changed]));
});

test('a relation that came with an earlier event counts when its data is read, config when it was cached', async () => {
  const read = async (charm: CharmBase) => {
    await charm.model.relation('db', 7);
    await charm.config();
  };
  const framework = await after(read, (charm) => [charm.on.start, charm.on.configChanged, charm.on.updateStatus]);
  assert.throws(() => assertRunAgain(framework), /^OpsError: [^\n]*reads relation `db`[^\n]*$/);
});

test('a handler of one event answers to that event, unless a test asks for it by name', async () => {
  const framework = await after(
    (charm) => charm.model.relation('db'),
    (charm) => [charm.on.configChanged],
  );
  assertRunAgain(framework);
  assert.throws(() => assertRunAgain(framework, { handlers: ['#reconcile'] }), { code: 'not-run-again' });
});
