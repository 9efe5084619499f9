import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryDelay } from './retry.ts';

test('each failure doubles the delay, up to five minutes', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 50].map((failures) => retryDelay(5000, failures)),
    [5000, 10_000, 20_000, 300_000, 300_000],
  );
});
