// Events that objects define themselves: who gets them, in which order, and what they may carry.

import assert from 'node:assert/strict';
import { setImmediate as macrotask } from 'node:timers/promises';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Logger } from '../log.ts';
import { Breakpoints } from './breakpoints.ts';
import { CustomEventBase } from './custom-event.ts';
import { DispatchEnd } from './dispatch-end.ts';
import type { EventDelivery } from './event.ts';
import { Framework } from './framework.ts';
import { FrameworkObject } from './framework-object.ts';
import type { StoreContents } from './store.ts';

class ReadyEvent extends CustomEventBase<{ url: string; tags?: string[] }> {
  get host(): string {
    return new URL(this.payload.url).host;
  }
}
class GoneEvent extends CustomEventBase {}

class Database extends FrameworkObject<null> {
  readonly on = this.defineEvents({ databaseReady: ReadyEvent, gone: GoneEvent });
}

function start(stored: StoreContents = { notices: [], states: new Map() }) {
  const log: string[] = [];
  const forgotten: string[] = [];
  const logger: Logger = { log: (level, message) => void log.push(`${level} ${message}`) };
  const framework = new Framework<null>({
    host: null,
    stored,
    logger,
    breakpoints: new Breakpoints(new Set(), logger),
    charmName: 'WebCharm',
    end: new DispatchEnd(),
    onForgotten: (_handler, operations) => forgotten.push(...operations.map(({ name }) => name)),
  });
  const charm = new FrameworkObject<null>(framework, 'charm');
  return { framework, charm, database: new Database(charm, 'database'), log, forgotten };
}

function restart(framework: Framework<null>) {
  const { notices, states } = framework.changes() ?? assert.fail('nothing to store');
  return start({ notices: JSON.parse(JSON.stringify(notices)), states });
}

test('what an object emits reaches those who observe it on that object, with its payload', async () => {
  const { charm, database } = start();
  const other = new Database(charm, 'other');
  const seen: string[] = [];
  charm.observe(database.on.databaseReady, (event) => void seen.push(`${event.kind} ${event.host}`), { id: 'ready' });
  charm.observe(other.on.databaseReady, () => assert.fail('of another object'), { id: 'other' });
  await database.on.databaseReady.emit({ url: 'sql://db:5432' });
  await database.on.gone.emit();
  assert.deepEqual(seen, ['database-ready db:5432']);
});

test('emit returns when the last handler has ended, and throws what a handler throws', async () => {
  const { charm, database } = start();
  const seen: string[] = [];
  charm.observe(
    database.on.gone,
    async () => {
      await macrotask();
      seen.push('handled');
    },
    { id: 'slow' },
  );
  await database.on.gone.emit();
  assert.deepEqual(seen, ['handled']);
  charm.observe(database.on.gone, () => Promise.reject(new Error('broken')), { id: 'fails' });
  await assert.rejects(database.on.gone.emit(), /broken/);
});

test('each handler has a payload of its own, apart from what was emitted', async () => {
  const { charm, database } = start();
  const seen: unknown[] = [];
  const spoil = (event: ReadyEvent) => {
    seen.push([...(event.payload.tags ?? [])]);
    event.payload.tags?.push('spoilt');
  };
  charm.observe(database.on.databaseReady, spoil, { id: 'one' });
  charm.observe(database.on.databaseReady, spoil, { id: 'two' });
  const payload = { url: 'sql://db', tags: ['a'] };
  await database.on.databaseReady.emit(payload);
  assert.deepEqual(seen, [['a'], ['a']]);
  assert.deepEqual(payload.tags, ['a']);
});

test('a deferred one comes back with its payload, under the handle of its object', async () => {
  const one = start();
  one.charm.observe(one.database.on.databaseReady, (event) => event.defer(), { id: 'onReady' });
  await one.database.on.databaseReady.emit({ url: 'sql://db', tags: ['a'] });
  assert.deepEqual(one.framework.changes()?.notices, [
    {
      sequence: 1,
      emitter: 'charm/database/on',
      kind: 'database-ready',
      observer: 'charm',
      handler: 'onReady',
      snapshot: { url: 'sql://db', tags: ['a'] },
      missed: 0,
    },
  ]);
  const two = restart(one.framework);
  const seen: unknown[] = [];
  two.charm.observe(two.database.on.databaseReady, (event) => void seen.push(event.payload), { id: 'onReady' });
  await two.framework.reemit();
  assert.deepEqual(seen, [{ url: 'sql://db', tags: ['a'] }]);
});

/** A charm in which `gone` of one database makes its handler emit events of another. */
function nested(emitInner: (inner: Database) => unknown) {
  const { charm, database, ...rest } = start();
  const inner = new Database(charm, 'inner');
  const seen: string[] = [];
  charm.observe(
    database.on.gone,
    async () => {
      seen.push('outer begins');
      await emitInner(inner);
      seen.push('outer ends');
    },
    { id: 'outer' },
  );
  charm.observe(
    inner.on.databaseReady,
    async (event) => {
      seen.push(`inner ${event.host} begins`);
      await macrotask();
      seen.push(`inner ${event.host} ends`);
    },
    { id: 'inner' },
  );
  return { charm, database, seen, ...rest };
}

test('what an earlier revision deferred is brought up to date by the constructor of its class', async () => {
  class PublishedEvent extends CustomEventBase<{ urls: string[] }> {
    constructor(delivery: EventDelivery, stored: { urls: string[] } | { url: string }) {
      super(delivery, 'url' in stored ? { urls: [stored.url] } : stored);
    }
  }
  class Site extends FrameworkObject<null> {
    readonly on = this.defineEvents({ published: PublishedEvent });
  }
  const old = {
    sequence: 1,
    emitter: 'charm/site/on',
    kind: 'published',
    observer: 'charm',
    handler: 'seen',
    missed: 0,
  };
  const { framework, charm } = start({ notices: [{ ...old, snapshot: { url: 'a' } }], states: new Map() });
  const site = new Site(charm, 'site');
  const seen: unknown[] = [];
  charm.observe(site.on.published, ({ payload }) => void seen.push(payload), { id: 'seen' });
  await framework.reemit();
  await site.on.published.emit({ urls: ['b', 'c'] });
  assert.deepEqual(seen, [{ urls: ['a'] }, { urls: ['b', 'c'] }]);
  // @ts-expect-error: what is emitted has the new shape
  site.on.published.emit satisfies (payload: { url: string }) => unknown;
});

test('a nested one is delivered before its emitter goes on, and logged in the words of ops', async () => {
  const { database, seen, log } = nested((inner) => inner.on.databaseReady.emit({ url: 'sql://a' }));
  await database.on.gone.emit();
  assert.deepEqual(seen, ['outer begins', 'inner a begins', 'inner a ends', 'outer ends']);
  assert.deepEqual(log, ['DEBUG Emitting custom event <ReadyEvent via WebCharm/inner/on/database_ready[2]>.']);
});

test('handlers run one after another, also when several events are emitted at once', async () => {
  const { database, seen, forgotten } = nested((inner) =>
    Promise.all(['a', 'b'].map((host) => inner.on.databaseReady.emit({ url: `sql://${host}` }))),
  );
  await database.on.gone.emit();
  assert.deepEqual(seen.slice(1, -1), ['inner a begins', 'inner a ends', 'inner b begins', 'inner b ends']);
  assert.deepEqual(forgotten, []);
});

test('an emit that nobody awaits is completed, and told', async () => {
  const { database, seen, forgotten } = nested((inner) => void inner.on.databaseReady.emit({ url: 'sql://a' }));
  await database.on.gone.emit();
  assert.deepEqual(seen, ['outer begins', 'outer ends', 'inner a begins', 'inner a ends']);
  assert.deepEqual(forgotten, ['emit of database-ready']);
});

test('a handler that emits its own event again does not call itself for ever', async () => {
  const { charm, database, log } = start();
  const seen: string[] = [];
  charm.observe(
    database.on.databaseReady,
    async (event) => {
      seen.push(event.host);
      await database.on.databaseReady.emit({ url: seen.length === 1 ? 'sql://b' : event.payload.url });
    },
    { id: 'again' },
  );
  await database.on.databaseReady.emit({ url: 'sql://a' });
  assert.deepEqual(seen, ['a', 'b']);
  assert.match(log.at(-1) ?? '', /^INFO Skipping notice .*database_ready\[3\]/);
});

test('what an outer event deferred waits before what the nested one deferred', async () => {
  const { charm, database, framework } = start();
  charm.observe(
    database.on.gone,
    async (event) => {
      event.defer();
      await database.on.databaseReady.emit({ url: 'sql://a' });
    },
    { id: 'outer' },
  );
  charm.observe(database.on.databaseReady, (event) => event.defer(), { id: 'inner' });
  charm.observe(database.on.gone, (event) => event.defer(), { id: 'second' });
  await database.on.gone.emit();
  assert.deepEqual(
    framework.changes()?.notices.map(({ handler }) => handler),
    ['outer', 'second', 'inner'],
  );
});

test('a failure that the emitter deals with leaves no notice of the event', async () => {
  const { charm, database, framework } = start();
  charm.observe(
    database.on.gone,
    () => {
      throw new Error('broken');
    },
    { id: 'fails' },
  );
  charm.observe(database.on.gone, () => undefined, { id: 'never' });
  await assert.rejects(database.on.gone.emit(), /broken/);
  assert.equal(framework.changes(), undefined);
});

test('a payload that JSON cannot hold is refused before anyone sees it', async () => {
  const { charm, database } = start();
  charm.observe(database.on.databaseReady, () => assert.fail('delivered'), { id: 'never' });
  for (const bad of [new Date(), Number.NaN, 1n, undefined, () => 1]) {
    const emitting = database.on.databaseReady.emit({ url: 'sql://db', tags: [bad as unknown as string] });
    await assert.rejects(emitting, { code: 'bad-event-payload', message: /database-ready.*"0"/s });
  }
});

test('any JSON payload arrives as it was', async () => {
  class AnyEvent extends CustomEventBase<Record<string, unknown>> {}
  const { charm } = start();
  const any = new (class extends FrameworkObject<null> {
    readonly on = this.defineEvents<{ any: typeof AnyEvent }>({ any: AnyEvent as never });
  })(charm, 'any');
  let got: unknown;
  charm.observe(any.on.any, (event) => void (got = event.payload), { id: 'any' });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (payload) => {
      await any.on.any.emit(payload);
      assert.equal(JSON.stringify(got), JSON.stringify(payload));
    }),
  );
});

test('two events of one kind on one object are refused, and names that are none', () => {
  const { charm } = start();
  const twice = class extends FrameworkObject<null> {
    readonly on = this.defineEvents({ gone: GoneEvent });
    readonly more = this.defineEvents({ gone: GoneEvent });
  };
  assert.throws(() => new twice(charm, 'twice'), { code: 'duplicate-event' });
  for (const name of ['Gone', 'is-gone', '', '1st']) {
    const bad = class extends FrameworkObject<null> {
      readonly on = this.defineEvents({ [name]: GoneEvent });
    };
    assert.throws(() => new bad(charm, `bad${name}`), { code: 'bad-event-name' });
  }
});
