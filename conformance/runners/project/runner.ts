// What the tests take from their runner: here from Node's own, under the names that vitest and jest have in common.

import assert from 'node:assert/strict';

export { test } from 'node:test';

interface Expectation {
  toEqual(expected: unknown): void;
  toStrictEqual(expected: unknown): void;
  readonly rejects: { toThrow(expected: new (...args: never[]) => Error): Promise<void> };
}

export function expect(actual: unknown): Expectation {
  return {
    toEqual: (expected) => assert.deepEqual(actual, expected),
    toStrictEqual: (expected) => assert.deepEqual(actual, expected),
    rejects: { toThrow: (expected) => assert.rejects(actual as Promise<unknown>, expected) },
  };
}
