// What becomes of Python's values in JSON, and which of them are refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonImage } from './json-image.ts';
import type { PythonDict, PythonValue } from './python-value.ts';

const dict = (entries: Readonly<Record<string, PythonValue>>): PythonDict => new Map(Object.entries(entries));

test('what JSON has stays as it is; tuples and sets are arrays, bytes are base64', () => {
  const value = dict({
    count: 3n,
    ratio: 0.5,
    none: null,
    list: [1n, [true, 'x']],
    names: new Set(['b', 'a']),
    numbers: new Set<PythonValue>([10n, 9n, 2.5]),
    mixed: new Set<PythonValue>(['b', 1n]),
    bytes: Uint8Array.of(0, 255),
    nested: dict({ deep: dict({}) }),
  });
  assert.deepEqual(jsonImage(value), {
    count: 3,
    ratio: 0.5,
    none: null,
    list: [1, [true, 'x']],
    names: ['a', 'b'],
    numbers: [2.5, 9, 10],
    mixed: ['b', 1],
    bytes: 'AP8=',
    nested: { deep: {} },
  });
});

test('keys are text, as Python writes them in JSON', () => {
  const keys: PythonDict = new Map<PythonValue, PythonValue>([
    [1n, 'int'],
    [true, 'bool'],
    [null, 'none'],
    ['__proto__', 'text'],
  ]);
  const image = jsonImage(keys);
  assert.deepEqual(Object.entries(image), [
    ['1', 'int'],
    ['true', 'bool'],
    ['null', 'none'],
    ['__proto__', 'text'],
  ]);
  assert.equal(Object.getPrototypeOf(image), Object.prototype);
});

test('integers are exact or refused', () => {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  assert.deepEqual(jsonImage(dict({ most: limit, least: -limit })), { most: 2 ** 53 - 1, least: 1 - 2 ** 53 });
  for (const beyond of [limit + 1n, -limit - 1n, 2n ** 10_000n]) {
    assert.throws(() => jsonImage(dict({ at: dict({ ns: [beyond] }) })), {
      code: 'no-json-image',
      message: /field at\.ns\.0 is an integer beyond 2\^53/,
    });
  }
});

test('the value of a refused field is not in the message', () => {
  const secret = 2n ** 60n + 12_345n;
  assert.throws(
    () => jsonImage(dict({ secret })),
    (error: Error) => !error.message.includes(String(secret)),
  );
});

test('what JSON cannot hold is refused by the name of its field', () => {
  const itself: PythonValue[] = [];
  itself.push(itself);
  const refusals: readonly [PythonValue, RegExp][] = [
    [[], /it is no dict/],
    [dict({ ratio: NaN }), /field ratio is not a finite number/],
    [dict({ ratio: -Infinity }), /field ratio is not a finite number/],
    [dict({ table: new Map([[[1n], 'x']]) }), /field table has a key that is neither/],
    [
      dict({
        table: new Map<PythonValue, PythonValue>([
          [1n, 'x'],
          ['1', 'y'],
        ]),
      }),
      /field table has two keys that are "1"/,
    ],
    [dict({ itself }), /field itself\.0\.0\.0\.0\.0\.0\.0\.\.\. is nested more than 500 deep/],
  ];
  for (const [value, message] of refusals) assert.throws(() => jsonImage(value), { code: 'no-json-image', message });
});

test('a short value that would become a huge one is refused', () => {
  let bomb: PythonValue = ['x'.repeat(1000)];
  for (let level = 0; level < 60; level += 1) bomb = [bomb, bomb];
  assert.throws(() => jsonImage(dict({ bomb })), { code: 'no-json-image', message: /makes the whole larger than/ });
});
