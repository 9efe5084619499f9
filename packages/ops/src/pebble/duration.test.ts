import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.ts';

test('durations are read as Go reads them', () => {
  assert.equal(parseDuration('1h2m3.5s'), 3_723_500);
  assert.equal(parseDuration('500ms'), 500);
  assert.equal(parseDuration('1.5us'), 0.0015);
  assert.equal(parseDuration('2µs'), 0.002);
  assert.equal(parseDuration('-3s'), -3000);
  assert.equal(parseDuration('.5s'), 500);
  assert.equal(parseDuration('0'), 0);
});

test('what is not a duration is refused', () => {
  for (const text of ['', '3', 's', '1s ', '1 s', '1x', '--1s', '.s', '1e3s', '300000000h']) {
    assert.equal(parseDuration(text), undefined, text);
  }
});

test('durations are written as Go writes them', () => {
  assert.equal(formatDuration(0), '0s');
  assert.equal(formatDuration(1500), '1.5s');
  assert.equal(formatDuration(500), '500ms');
  assert.equal(formatDuration(60_000), '1m0s');
  assert.equal(formatDuration(3_600_000), '1h0m0s');
  assert.equal(formatDuration(-90_500), '-1m30.5s');
  assert.equal(formatDuration(0.0015), '1.5µs');
  assert.equal(formatDuration(0.000002), '2ns');
});

test('what is written reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (microseconds) => {
      const ms = microseconds / 1000;
      assert.ok(Math.abs((parseDuration(formatDuration(ms)) ?? NaN) - ms) < 1e-6);
    }),
  );
});

test('any text is a duration as Go has them, or none', () => {
  const number = fc.oneof(fc.nat(9999).map(String), fc.constantFrom('', '.', '.5', '1.', '1.5', '1.2.3', '1e3', ' 1'));
  const unit = fc.constantFrom('ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h', '', 'd', 'S', ' s');
  const pieces = fc.array(fc.tuple(number, unit), { maxLength: 3 });
  const duration = fc.tuple(fc.constantFrom('', '-', '+', '--'), pieces).map((parts) => parts.flat(2).join(''));
  const go = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
  fc.assert(
    fc.property(fc.oneof(duration, fc.string()), (text) => {
      const ms = parseDuration(text);
      // So many hours may be more than 64 bits of nanoseconds hold.
      if (/\d{6}/.test(text)) return;
      if (go.test(text)) assert.ok(Number.isFinite(ms), text);
      else assert.equal(ms, undefined, text);
    }),
    { numRuns: 2000 },
  );
});
