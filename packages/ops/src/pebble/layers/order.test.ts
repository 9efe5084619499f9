import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ServiceConfig } from './config.ts';
import { startOrder, stopOrder } from './order.ts';

const services = (configs: Record<string, ServiceConfig>) => new Map(Object.entries(configs));

test('services without a connection have a lane each, in the order of their names', () => {
  assert.deepEqual(startOrder(services({ b: {}, a: {}, c: {} }), ['c', 'a', 'b']), [['a'], ['b'], ['c']]);
});

test('what is required starts too, and in order when that is asked for', () => {
  const web = { requires: ['db'] };
  assert.deepEqual(startOrder(services({ web, db: {}, other: {} }), ['web']), [['db', 'web']]);
  assert.deepEqual(startOrder(services({ a: { ...web, after: ['db'] }, db: {} }), ['a']), [['db', 'a']]);
  assert.deepEqual(startOrder(services({ z: web, db: {} }), ['z']), [['db', 'z']]);
  assert.deepEqual(startOrder(services({ a: web, db: {} }), ['a']), [['a', 'db']]);
});

test('before is after, seen from the other side', () => {
  const plan = services({ a: { requires: ['z'] }, z: { before: ['a'] } });
  assert.deepEqual(startOrder(plan, ['a']), [['z', 'a']]);
});

test('what requires a service stops with it, first', () => {
  const plan = services({ a: {}, web: { requires: ['a'], after: ['a'] }, alone: {} });
  assert.deepEqual(stopOrder(plan, ['a']), [['web', 'a']]);
  assert.deepEqual(stopOrder(plan, ['web']), [['web']]);
});

test('after and before without requires leave services in lanes of their own', () => {
  assert.deepEqual(startOrder(services({ a: {}, b: { after: ['a'] } }), ['a', 'b']), [['a'], ['b']]);
});

// Seen on Pebble 1.32: the lane of `d` is counted from that of `c`.
test('a new lane counts on from the lane used last', () => {
  const plan = services({ a: {}, b: { after: ['a'] }, c: { requires: ['a'] }, d: {} });
  assert.deepEqual(startOrder(plan, ['a', 'b', 'c', 'd']), [
    ['a', 'c'],
    ['b', 'd'],
  ]);
});

test('loops and unknown names are refused', () => {
  const loop = services({ a: { after: ['b'] }, b: { after: ['c'] }, c: { after: ['a'] }, d: { after: ['a'] } });
  assert.throws(() => startOrder(loop, ['a', 'b', 'c', 'd']), {
    name: 'LayerError',
    message: 'services in before/after loop: a, b, c',
  });
  assert.throws(() => startOrder(loop, ['nope']), { name: 'LayerError', message: 'service "nope" does not exist' });
  assert.throws(() => stopOrder(loop, ['nope']), { name: 'LayerError', message: 'service "nope" does not exist' });
  assert.throws(() => startOrder(services({ a: { requires: ['gone'] } }), ['a']), {
    name: 'LayerError',
    message: 'service "gone" does not exist',
  });
});

test('names that are not wanted, or not known, are no reason to wait', () => {
  const plan = services({ a: { after: ['b', 'gone', 'a'], before: ['gone'] }, b: { after: ['a'] } });
  assert.deepEqual(startOrder(plan, ['a']), [['a']]);
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
// Only to names further on, so that there are no loops.
const acyclic = fc
  .tuple(
    ...names.map((_, index) => fc.record({ after: fc.subarray(names.slice(index + 1)), requires: fc.subarray(names) })),
  )
  .map((configs) => new Map(names.map((name, index): [string, ServiceConfig] => [name, configs[index] ?? {}])));

test('every order is complete, without doubles, and right within each lane', () => {
  fc.assert(
    fc.property(acyclic, fc.subarray(names, { minLength: 1 }), (plan, wanted) => {
      const lanes = startOrder(plan, wanted);
      const started = lanes.flat();
      assert.equal(new Set(started).size, started.length);
      for (const name of wanted) assert.ok(started.includes(name));
      for (const lane of lanes) {
        for (const [index, name] of lane.entries()) {
          for (const each of plan.get(name)?.requires ?? []) assert.ok(started.includes(each));
          for (const each of plan.get(name)?.after ?? []) assert.ok(!lane.slice(index).includes(each));
        }
      }
    }),
  );
});
