// Observing, emitting and deferring, with events of our own over a framework without a charm.

import assert from 'node:assert/strict';
import { setImmediate as macrotask } from 'node:timers/promises';
import { test } from 'node:test';
import type { Logger } from '../log.ts';
import { Breakpoints } from './breakpoints.ts';
import { EventBase, type BoundEvent, type EventDelivery } from './event.ts';
import { DispatchEnd } from './dispatch-end.ts';
import { Framework } from './framework.ts';
import { textAt, type JsonObject } from './json.ts';
import { FrameworkObject } from './framework-object.ts';
import type { StoreContents } from './store.ts';

class Poked extends EventBase {
  readonly by: string;

  constructor(delivery: EventDelivery, by: string) {
    super(delivery);
    this.by = by;
  }
}

const poked: BoundEvent<Poked, null> = {
  emitter: 'charm/on',
  kind: 'poked',
  type: {
    name: 'Poked',
    deferrable: true,
    create: (delivery, snapshot) => new Poked(delivery, textAt(snapshot, 'by')),
  },
};
const final: BoundEvent<Poked, null> = { ...poked, kind: 'final', type: { ...poked.type, deferrable: false } };

type Handler = (event: Poked) => void | Promise<void>;

const deferIt: Handler = (event) => event.defer();
const ignoreIt: Handler = () => undefined;
const handlerNamedOnPoked = (): Handler => function onPoked() {};

function start(stored: StoreContents = { notices: [], states: new Map() }) {
  const log: string[] = [];
  const logger: Logger = { log: (level, message) => void log.push(`${level} ${message}`) };
  const framework = new Framework<null>({
    host: null,
    stored,
    logger,
    breakpoints: new Breakpoints(new Set(), logger),
    charmName: 'PokeCharm',
    end: new DispatchEnd(),
    onForgotten: () => assert.fail('nothing is forgotten here'),
  });
  const object = new FrameworkObject(framework, 'charm');
  return { framework, object, log };
}

/** The next dispatch: what the last one stored, as if read back from a file. */
function restart(framework: Framework<null>) {
  const changes = framework.changes();
  assert.ok(changes);
  return start({ notices: JSON.parse(JSON.stringify(changes.notices)), states: changes.states });
}

const by = (who: string): JsonObject => ({ by: who });

test('handlers run one after another, in the order in which they were observed', async () => {
  const { framework, object } = start();
  const seen: string[] = [];
  const slow = async ({ by: who }: Poked) => {
    await macrotask();
    seen.push(`slow ${who}`);
  };
  const fast = ({ by: who }: Poked) => void seen.push(`fast ${who}`);
  object.observe(poked, slow);
  object.observe(poked, fast);
  await framework.emit(poked, by('a'));
  await framework.emit(poked, by('b'));
  assert.deepEqual(seen, ['slow a', 'fast a', 'slow b', 'fast b']);
});

test('each observer gets an event of its own', async () => {
  const { framework, object } = start();
  const seen: Poked[] = [];
  const first: Handler = (event) => {
    seen.push(event);
    event.defer();
  };
  const second: Handler = (event) => void seen.push(event);
  object.observe(poked, first);
  object.observe(poked, second);
  await framework.emit(poked, by('a'));
  assert.deepEqual(
    seen.map((event) => event.deferred),
    [true, false],
  );
  assert.deepEqual(
    framework.changes()?.notices.map(({ handler }) => handler),
    ['first'],
  );
});

test('deferred events come again before new ones, oldest first, to those who deferred them', async () => {
  const one = start();
  one.object.observe(poked, deferIt, { id: 'patient' });
  one.object.observe(poked, ignoreIt, { id: 'other' });
  for (const who of ['a', 'b', 'c']) await one.framework.emit(poked, by(who));

  const two = restart(one.framework);
  const seen: string[] = [];
  const patient: Handler = (event) => {
    seen.push(`patient ${event.by}`);
    if (event.by === 'b') event.defer();
  };
  const other: Handler = (event) => void seen.push(`other ${event.by}`);
  two.object.observe(poked, patient);
  two.object.observe(poked, other);
  await two.framework.reemit();
  await two.framework.emit(poked, by('d'));
  assert.deepEqual(seen, ['patient a', 'patient b', 'patient c', 'patient d', 'other d']);
  assert.deepEqual(
    two.framework.changes()?.notices.map(({ snapshot }) => snapshot),
    [by('b')],
  );
});

test('an event is not delivered to a handler for which an equal one already waits', async () => {
  const { framework, object, log } = start();
  let calls = 0;
  const onPoked: Handler = (event) => {
    calls += 1;
    event.defer();
  };
  object.observe(poked, onPoked);
  await framework.emit(poked, by('a'));
  await framework.emit(poked, by('a'));
  await framework.emit(poked, by('b'));
  assert.equal(calls, 2);
  assert.deepEqual(
    log.filter((line) => line.startsWith('INFO')),
    ['INFO Skipping notice (PokeCharm/on/poked[2]/charm/onPoked) - already in the queue.'],
  );
});

test('an event that is deferred again keeps its place', async () => {
  const one = start();
  one.object.observe(poked, deferIt);
  for (const who of ['a', 'b']) await one.framework.emit(poked, by(who));
  const two = restart(one.framework);
  two.object.observe(poked, deferIt);
  await two.framework.reemit();
  await two.framework.emit(poked, by('c'));
  await two.framework.emit(poked, by('a'));
  const waiting = two.framework.changes()?.notices ?? [];
  assert.deepEqual(
    waiting.map(({ snapshot }) => snapshot.by),
    ['a', 'b', 'c'],
  );
  assert.equal(new Set(waiting.map(({ sequence }) => sequence)).size, 3);
});

test('an event whose handler is gone is kept for ten dispatches with a warning in each, then dropped', async () => {
  let { framework, object, log } = start();
  object.observe(poked, deferIt);
  await framework.emit(poked, by('a'));
  for (let left = 10; left >= 0; left--) {
    ({ framework, object, log } = restart(framework));
    object.observe(poked, function renamed() {
      assert.fail('this one deferred nothing');
    });
    await framework.reemit();
    const why = 'deferred event PokeCharm/on/poked[1]: charm has no handler deferIt for it';
    const end = left > 0 ? `. It is dropped after ${left} more dispatches.` : ', for 10 dispatches already.';
    assert.deepEqual(log, [`WARNING ${left > 0 ? 'Keeping' : 'Dropping'} ${why}${end}`]);
  }
  assert.deepEqual(framework.changes()?.notices, []);
});

test('a handler that is back gets its event, and the count starts again', async () => {
  const one = start();
  one.object.observe(poked, deferIt, { id: 'first' });
  one.object.observe(poked, deferIt);
  await one.framework.emit(poked, by('a'));
  const two = restart(one.framework);
  two.object.observe(poked, deferIt);
  await two.framework.reemit();
  assert.deepEqual(
    two.framework.changes()?.notices.map(({ handler, missed }) => [handler, missed]),
    [
      ['first', 1],
      ['deferIt', 0],
    ],
  );
  const three = restart(two.framework);
  three.object.observe(poked, deferIt, { id: 'first' });
  three.object.observe(poked, ignoreIt, { id: 'deferIt' });
  await three.framework.reemit();
  assert.deepEqual(
    three.framework.changes()?.notices.map(({ handler, missed }) => [handler, missed]),
    [['first', 0]],
  );
});

test('an event that its type cannot read any more waits like one without a handler', async () => {
  const one = start();
  one.object.observe(poked, deferIt);
  await one.framework.emit(poked, by('a'));
  const stored = one.framework.changes() ?? assert.fail();
  const two = start({ ...stored, notices: stored.notices.map((notice) => ({ ...notice, snapshot: { who: 'a' } })) });
  two.object.observe(poked, deferIt);
  await two.framework.reemit();
  assert.deepEqual(
    two.framework.changes()?.notices.map(({ missed }) => missed),
    [1],
  );
  assert.match(two.log.at(-1) ?? '', /^WARNING Keeping .*its snapshot has no text by/);
});

test('an event that cannot come again cannot be deferred', async () => {
  const { framework, object } = start();
  object.observe(final, deferIt);
  await assert.rejects(framework.emit(final, by('a')), { code: 'not-deferrable' });
  assert.equal(framework.changes(), undefined);
});

test('the log says what is deferred and re-emitted, in the words of ops', async () => {
  const one = start();
  one.object.observe(poked, function twice(event) {
    event.defer();
    event.defer();
  });
  await one.framework.emit(poked, by('a'));
  assert.deepEqual(one.log, ['DEBUG Deferring <Poked via PokeCharm/on/poked[1]>.']);
  const two = restart(one.framework);
  two.object.observe(poked, ignoreIt, { id: 'twice' });
  await two.framework.reemit();
  assert.deepEqual(two.log, ['DEBUG Re-emitting deferred event <Poked via PokeCharm/on/poked[1]> (1 of 1 in queue).']);
});

test('handlers need a name', () => {
  const { object } = start();
  assert.throws(() => object.observe(poked, () => undefined), { code: 'anonymous-handler' });
  object.observe(poked, () => undefined, { id: 'named' });
});

test('two functions of one name on one object are refused, on two objects they are not', () => {
  const { object } = start();
  const first = handlerNamedOnPoked();
  object.observe(poked, first);
  object.observe(final, first);
  assert.throws(() => object.observe(final, handlerNamedOnPoked()), { code: 'ambiguous-handler' });
  object.observe(final, handlerNamedOnPoked(), { id: 'another' });
  const part = new FrameworkObject(object, 'part');
  part.observe(poked, handlerNamedOnPoked());
});

test('a handler that is registered twice for an event runs once', async () => {
  const { framework, object } = start();
  let calls = 0;
  const onPoked = () => void (calls += 1);
  object.observe(poked, onPoked);
  object.observe(poked, onPoked);
  await framework.emit(poked, by('a'));
  assert.equal(calls, 1);
});

test('a private method is a handler under its own name, also beside that of a base class', async () => {
  const seen: string[] = [];
  class Base extends FrameworkObject<null> {
    constructor(framework: Framework<null>) {
      super(framework, 'parent');
      this.observe(poked, this.#onPoked, { id: 'Base.#onPoked' });
    }

    #onPoked(event: Poked): void {
      seen.push('base');
      event.defer();
    }
  }
  class Derived extends Base {
    constructor(framework: Framework<null>) {
      super(framework);
      this.observe(poked, this.#onPoked);
    }

    #onPoked(event: Poked): void {
      seen.push('derived');
      event.defer();
    }
  }
  const { framework } = start();
  const derived = new Derived(framework);
  await framework.emit(poked, by('a'));
  assert.equal(derived.handle, 'parent');
  assert.deepEqual(seen, ['base', 'derived']);
  assert.deepEqual(
    framework.changes()?.notices.map(({ handler }) => handler),
    ['Base.#onPoked', '#onPoked'],
  );
});

test('two objects cannot share a handle', () => {
  const { object } = start();
  const part = new FrameworkObject(object, 'part');
  assert.equal(part.handle, 'charm/part');
  assert.throws(() => new FrameworkObject(object, 'part'), { code: 'duplicate-object' });
});

test('an event emitted in a handler is delivered before the handler goes on', async () => {
  const { framework, object } = start();
  const seen: string[] = [];
  const outer = async () => {
    seen.push(`${framework.running} begins`);
    await framework.emit(final, by('outer'));
    seen.push(`${framework.running} ends`);
  };
  const inner: Handler = (event) => void seen.push(`${framework.running} by ${event.by}`);
  object.observe(poked, outer);
  object.observe(final, inner);
  await framework.emit(poked, by('a'));
  assert.deepEqual(seen, [
    'charm.outer for poked begins',
    'charm.inner for final by outer',
    'charm.outer for poked ends',
  ]);
  assert.equal(framework.running, undefined);
});

test('a handler that fails ends the delivery, and leaves no trace of itself', async () => {
  const { framework, object } = start();
  object.observe(poked, function fails(event) {
    event.defer();
    throw new Error('broken');
  });
  object.observe(poked, function after() {
    assert.fail('not reached');
  });
  await assert.rejects(framework.emit(poked, by('a')), /broken/);
  assert.equal(framework.changes(), undefined);
  assert.equal(framework.running, undefined);
});
