import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumOf, summaryOf } from './outcome.ts';

const passed = { passed: 2, failed: [], skipped: [] };

test('a clean run closes with its totals alone', () => {
  assert.deepEqual(summaryOf(passed), ['2 passed, 0 failed']);
});

test('failures and skips are listed before the totals', () => {
  const total = sumOf([passed, { passed: 1, failed: ['check: lint'], skipped: ['a.test.ts:1 x: no Go'] }]);
  const lines = summaryOf(total);
  assert.ok(lines.includes('  check: lint') && lines.includes('  a.test.ts:1 x: no Go'));
  assert.equal(lines.at(-1), '3 passed, 1 failed, 1 skipped');
});
