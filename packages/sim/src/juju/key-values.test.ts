import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyValues } from './key-values.ts';
import { UsageError } from './usage-error.ts';

const text = fc.string({ unit: 'grapheme' }).filter((each) => each === each.trim() && !/[\u0085\ufeff]/u.test(each));
const key = fc.oneof(
  text.filter((each) => each !== '' && !each.includes('=')),
  fc.constantFrom('__proto__', 'constructor', 'a-b.c'),
);
const space = fc.constantFrom('', ' ', '\t', '\n', '\u0085', '\u00a0', '\u2003');

test('each key=value is read, with the spaces around both gone', () => {
  const pair = fc.tuple(key, text, fc.array(space, { minLength: 4, maxLength: 4 }));
  const pairs = fc.uniqueArray(pair, { selector: ([name]) => name });
  fc.assert(
    fc.property(pairs, (given) => {
      const args = given.map(([name, value, [a = '', b = '', c = '', d = '']]) => `${a}${name}${b}=${c}${value}${d}`);
      assert.deepEqual(new Map(Object.entries(keyValues(args))), new Map(given.map(([name, value]) => [name, value])));
    }),
  );
});

test('whatever else is given is refused as a matter of usage; nothing given is nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '=', ' ') })), (args) => {
      try {
        const given = args.filter((arg) => arg !== '');
        assert.equal(Object.keys(keyValues(args)).length, given.length);
        assert.ok(given.every((arg) => /[^= ] *=/.test(arg)));
      } catch (error) {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, /^(expected "key=value", got|key .* specified more than once$)/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a key is given once', () => {
  fc.assert(
    fc.property(key, text, (name, value) => {
      assert.throws(() => keyValues([`${name}=${value}`, ` ${name} =`]), /specified more than once$/);
    }),
  );
});
