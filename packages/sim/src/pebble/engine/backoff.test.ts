import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceConfig } from '@charmed/ops/internal';
import { nextBackoff, withJitter } from './backoff.ts';

function delays(config: ServiceConfig, count: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < count; index++) found.push(nextBackoff(config, found.at(-1) ?? 0));
  return found;
}

test('the delay doubles from half a second up to half a minute', () => {
  assert.deepEqual(delays({}, 9), [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test('delay, factor and limit can be set', () => {
  const config = { 'backoff-delay': 100, 'backoff-factor': 1.5, 'backoff-limit': 200 };
  assert.deepEqual(delays(config, 4), [100, 150, 200, 200]);
  assert.deepEqual(delays({ 'backoff-factor': 1 }, 3), [500, 500, 500]);
});

test('the jitter is at most a tenth', () => {
  assert.equal(withJitter(1000, 0), 1000);
  assert.equal(withJitter(1000, 1), 1100);
});
