// State that outlives a dispatch: what is read, what is saved, and what cannot be.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import type { JsonObject } from './json.ts';
import { StoredStates } from './stored-states.ts';

const stored = (states: Record<string, JsonObject> = {}) => new StoredStates(new Map(Object.entries(states)));

test('defaults fill in what was never stored', () => {
  const states = stored({ 'charm/stored': { count: 3 } });
  assert.deepEqual(states.open('charm/stored', { count: 0, names: [] }), { count: 3, names: [] });
});

test('changes at any depth are saved', () => {
  const states = stored({ a: { list: [1], map: { x: 1 } } });
  const state = states.open('a', {}) as { list: number[]; map: Record<string, number>; fresh?: boolean };
  state.list.push(2);
  delete state.map.x;
  state.fresh = true;
  assert.deepEqual(states.changes()?.get('a'), { list: [1, 2], map: {}, fresh: true });
});

test('nothing is saved when nothing changed', () => {
  const states = stored({ a: { count: 1 } });
  const state = states.open('a', { count: 0 }) as { count: number };
  state.count += 1;
  state.count -= 1;
  assert.equal(states.changes(), undefined);
});

test('states that this dispatch did not open survive', () => {
  const states = stored({ old: { kept: true }, a: { count: 1 } });
  const state = states.open('a', {}) as { count: number };
  state.count = 2;
  assert.deepEqual(
    states.changes(),
    new Map<string, JsonObject>([
      ['old', { kept: true }],
      ['a', { count: 2 }],
    ]),
  );
});

test('neither the defaults nor what was read is changed in place', () => {
  const defaults = { names: ['a'] };
  const read = { count: 1, seen: ['x'] };
  const state = stored({ s: read }).open('s', defaults) as { names: string[]; seen: string[] };
  state.names.push('b');
  state.seen.push('y');
  assert.deepEqual(defaults, { names: ['a'] });
  assert.deepEqual(read, { count: 1, seen: ['x'] });
});

test('a later change does not reach what was handed out to be saved', () => {
  const states = stored();
  const state = states.open('a', { list: [] }) as { list: number[] };
  const saved = states.changes();
  state.list.push(1);
  assert.deepEqual(saved?.get('a'), { list: [] });
});

test('one state cannot be opened twice', () => {
  const states = stored();
  states.open('a', {});
  assert.throws(() => states.open('a', {}), { code: 'duplicate-stored-state' });
});

test('what another realm has made is as good as our own, and copied into this one', () => {
  const foreign = runInNewContext('({ list: [{ a: 1 }] })') as { list: object[] };
  const states = stored();
  const state = states.open('a', foreign as unknown as JsonObject);
  const list = state['list'] as unknown as object[];
  assert.deepEqual(state, { list: [{ a: 1 }] });
  list.push(runInNewContext('({ b: null })') as object);
  assert.deepEqual(states.changes()?.get('a'), { list: [{ a: 1 }, { b: null }] });
});

test('what is not JSON is refused, with the field named', () => {
  class Point {
    readonly x = 1;
  }
  const values = [
    new Date(),
    new Map(),
    new Set(),
    new Point(),
    Number.NaN,
    Infinity,
    1n,
    undefined,
    () => 1,
    Symbol('s'),
  ];
  for (const value of values) {
    for (const holder of [{ field: value }, { outer: { field: value } }, { outer: [{ field: value }] }]) {
      const states = stored();
      Object.assign(states.open('a', {}), holder);
      assert.throws(() => states.changes(), { code: 'bad-stored-state', message: /a.*"field"/s });
    }
  }
});

test('a state that contains itself is refused', () => {
  const states = stored();
  const state = states.open('a', {});
  Object.assign(state, { again: state });
  assert.throws(() => states.changes(), { code: 'bad-stored-state', message: /again/ });
});

test('every JSON object is saved as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const states = stored({ other: {} });
      states.open('a', value as JsonObject);
      assert.equal(JSON.stringify(states.changes()?.get('a')), JSON.stringify(value));
    }),
  );
});
