// Who is meant by what Python ops has stored, and what happens to that which has no match or no image.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CharmObserver } from '../../framework/store.ts';
import type { PythonNotice, PythonStore } from './python-store.ts';
import type { PythonValue } from './python-value.ts';
import { takeOver } from './takeover.ts';

type Fields = Readonly<Record<string, PythonValue>>;

function storeOf(snapshots: Readonly<Record<string, Fields>>, notices: readonly PythonNotice[] = []): PythonStore {
  const entries = Object.entries(snapshots).map(
    ([path, fields]) => [path, () => new Map(Object.entries(fields))] as const,
  );
  return { place: '.unit-state.db', notices, snapshots: new Map(entries) };
}

const notice = (eventPath: string, observerPath: string, method: string): PythonNotice => ({
  eventPath,
  observerPath,
  method,
});

const observer = (emitter: string, kind: string, handle: string, name: string): CharmObserver => ({
  event: { emitter, kind },
  handle,
  name,
});

function matched(store: PythonStore, observers: readonly CharmObserver[], states: readonly string[] = []) {
  const match = takeOver(store).takeover?.match({ observers, states: new Set(states) });
  assert.ok(match);
  return match;
}

test('an event of Juju reaches the handler of the same name, private or not', () => {
  const store = storeOf(
    { 'WebCharm/on/my_db_relation_changed[12]': { relation_name: 'my-db', relation_id: 3n, app_name: 'sql' } },
    [notice('WebCharm/on/my_db_relation_changed[12]', 'WebCharm', '_on_my_db_changed')],
  );
  for (const name of ['onMyDbChanged', '#onMyDbChanged', '_on_my_db_changed']) {
    for (const kind of ['my-db-relation-changed', 'my_db-relation-changed']) {
      assert.deepEqual(matched(store, [observer('charm/on', kind, 'charm', name)]).notices, [
        {
          sequence: 12,
          emitter: 'charm/on',
          kind,
          observer: 'charm',
          handler: name,
          snapshot: { relation_name: 'my-db', relation_id: 3, app_name: 'sql' },
          missed: 0,
        },
      ]);
    }
  }
});

test('events of nested objects reach nested objects, in the order in which they were deferred', () => {
  const path = (count: number) => `WebCharm/Ingress[ingress]/Routes[api]/on/routes_ready[${count}]`;
  const store = storeOf({ [path(7)]: { url: 'a' }, [path(2)]: { url: 'b' } }, [
    notice(path(7), 'WebCharm/Tls[tls]', '_on_routes_ready'),
    notice(path(2), 'WebCharm', '_on_routes_ready'),
    notice(path(2), 'WebCharm/Tls[tls]', '_on_routes_ready'),
  ]);
  const emitter = 'charm/ingress/api/on';
  const { notices, unmatched } = matched(store, [
    observer(emitter, 'routes-ready', 'charm', 'onRoutesReady'),
    observer(emitter, 'routes-ready', 'charm/tls', '#onRoutesReady'),
  ]);
  assert.deepEqual(
    notices.map(({ sequence, observer: handle, snapshot }) => [sequence, handle, snapshot['url']]),
    [
      [7, 'charm/tls', 'a'],
      [2, 'charm', 'b'],
      [2, 'charm/tls', 'b'],
    ],
  );
  assert.deepEqual(unmatched, []);
});

test('what has no match is named with its place, and not taken', () => {
  const event = 'WebCharm/on/config_changed[4]';
  const store = storeOf(
    {
      [event]: {},
      'WebCharm/StoredStateData[_stored]': { count: 1n },
      'StoredStateData[_stored]': { event_count: 9n },
    },
    [notice(event, 'WebCharm', '_on_config_changed'), notice(event, 'WebCharm/Old[old]', '_on_config_changed')],
  );
  const { notices, unmatched, summary } = matched(store, [
    observer('charm/on', 'config-changed', 'charm', '#reconcile'),
    observer('charm/on', 'start', 'charm', '#onConfigChanged'),
  ]);
  assert.deepEqual(notices, []);
  assert.deepEqual(
    unmatched.map((line) => line.replace(/^No match for the | of Python ops: it stays in \.unit-state\.db\.$/g, '')),
    [
      'deferred event WebCharm/on/config_changed[4] for WebCharm._on_config_changed',
      'deferred event WebCharm/on/config_changed[4] for WebCharm/Old[old]._on_config_changed',
      'stored state WebCharm/StoredStateData[_stored]',
    ],
  );
  assert.match(summary, /0 deferred events and 1 stored states/);
});

test('states have the handles of their owners and their own names', () => {
  const { states } = takeOver(
    storeOf({
      'WebCharm/StoredStateData[_stored]': { count: 1n },
      'WebCharm/StoredStateData[cache]': { seen: new Set(['b', 'a']) },
      'WebCharm/Ingress[ingress]/StoredStateData[_stored]': { url: 'x' },
      'WebCharm/Keyless/StoredStateData[_stored]': {},
      'Manager[snap]/StoredStateData[state]': { held: true },
    }),
  );
  assert.deepEqual(Object.fromEntries(states), {
    'charm/_stored': { count: 1 },
    'charm/cache': { seen: ['a', 'b'] },
    'charm/ingress/_stored': { url: 'x' },
    'charm/Keyless/_stored': {},
    'snap/state': { held: true },
  });
});

test('of a charm whose class was renamed, what the new class has stored counts', () => {
  const store = storeOf(
    {
      'OldCharm/StoredStateData[_stored]': { count: 1n },
      'OldCharm/on/start[1]': {},
      'NewCharm/StoredStateData[_stored]': { count: 2n },
      'NewCharm/on/start[8]': {},
    },
    [notice('OldCharm/on/start[1]', 'OldCharm', '_on_start'), notice('NewCharm/on/start[8]', 'NewCharm', '_on_start')],
  );
  assert.deepEqual(takeOver(store).states.get('charm/_stored'), { count: 2 });
  const { notices, unmatched } = matched(store, [observer('charm/on', 'start', 'charm', 'onStart')], ['charm/_stored']);
  assert.deepEqual(
    notices.map(({ sequence }) => sequence),
    [8],
  );
  assert.equal(unmatched.length, 2);
});

test('a state that the charm opens and JSON cannot hold fails the dispatch, by the name of the field', () => {
  const store = storeOf({ 'WebCharm/StoredStateData[_stored]': { seen_ns: 2n ** 60n } });
  assert.throws(() => matched(store, [], ['charm/_stored']), {
    code: 'cannot-take-over',
    message: /stored state WebCharm\/StoredStateData\[_stored\] of Python ops: .*field seen_ns is an integer beyond/,
  });
  assert.equal(matched(store, []).unmatched.length, 1);
});

test('so does a deferred event whose snapshot cannot be read, if it has a handler', () => {
  const path = 'WebCharm/on/tick[3]';
  const store = storeOf({ [path]: { at: Infinity } }, [notice(path, 'WebCharm', '_on_tick')]);
  const missing = storeOf({ 'WebCharm/on/tick[4]': {} }, [notice(path, 'WebCharm', '_on_tick')]);
  const tick = [observer('charm/on', 'tick', 'charm', 'onTick')];
  assert.throws(() => matched(store, tick), {
    code: 'cannot-take-over',
    message: /tick\[3\].*field at is not a finite/,
  });
  assert.throws(() => matched(missing, tick), { code: 'cannot-take-over', message: /there is no snapshot of it/ });
  assert.equal(matched(store, []).unmatched.length, 1);
});

test('two states of Python that would be one here are both refused', () => {
  const store = storeOf({
    'WebCharm/Reader[db]/StoredStateData[_stored]': { a: 1n },
    'WebCharm/Writer[db]/StoredStateData[_stored]': { b: 1n },
  });
  assert.throws(() => matched(store, [], ['charm/db/_stored']), { code: 'cannot-take-over', message: /another one/ });
});
