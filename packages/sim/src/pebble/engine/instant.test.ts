import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareInstants, formatInstant, parseInstant } from './instant.ts';

test('instants are read and written as Go does it', () => {
  for (const text of ['2026-01-02T03:04:10Z', '2026-01-02T03:04:05.1Z', '2026-01-02T03:04:05.000000009Z']) {
    const instant = parseInstant(text);
    assert.equal(instant && formatInstant(instant), text);
  }
  for (const text of ['', 'now', '2026-01-02', '2026-13-02T03:04:05Z', '2026-01-02T03:04:05']) {
    assert.equal(parseInstant(text), undefined, text);
  }
});

test('what is written reads back, in the same order', () => {
  const date = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });
  const instant = fc.record({ date, nanos: fc.nat(999_999) }, { noNullPrototype: true });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      assert.deepEqual(parseInstant(formatInstant(a)), a);
      const [first, second] = [a, b].map((each) => parseInstant(formatInstant(each)) ?? each);
      assert.equal(first && second && Math.sign(compareInstants(first, second)), Math.sign(compareInstants(a, b)));
    }),
  );
});
