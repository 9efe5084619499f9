import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { print } from './format.ts';
import { goData } from './go/value.ts';

// What YAML 1.1 takes for something else when it is not quoted.
const WORDS = `yes No on ~ null true 1 1_000 0x1f 010 1e3 .5 .inf 12:30:45 2030-01-02 = << # & &a *a !a | > % @ \` " ' --- ... [ { ü 😀`;
const TRICKY = ['', ' ', '- a', '? a', 'a: b', 'a #b', 'a\n', '\na', 'a\n\nb', ' a', '\t', '\r\n', '\u0000', '\u0085'];
// A point alone is a text for go-yaml, and a number for the one who reads here.
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }).filter((each) => each.isWellFormed()),
    fc.constantFrom(...WORDS.split(' '), ...TRICKY),
  )
  .filter((each) => !/^[-+]?\._*$/.test(each));
// go-yaml writes this key bare, although it reads it as a merge.
const key = text.filter((each) => each !== '<<');
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
})).value;

test('printed as JSON or YAML, a value is read back as it was', () => {
  fc.assert(
    fc.property(value, (given) => {
      assert.deepEqual(JSON.parse(print(goData(given), 'json')), given);
      const yaml = print(goData(given), 'yaml');
      assert.deepEqual(parse(yaml, { version: '1.1', merge: false, uniqueKeys: false }), given, yaml);
    }),
    { numRuns: 300 },
  );
});

test('the smart format is bare for a text and a list of texts', () => {
  fc.assert(fc.property(text, (given) => assert.equal(print(given, 'smart'), given === '' ? '' : `${given}\n`)));
  fc.assert(
    fc.property(fc.array(text, { minLength: 2 }), (given) => {
      assert.equal(print(given, 'smart'), given.join('\n') === '' ? '' : `${given.join('\n')}\n`);
    }),
  );
});

test('every format ends with one line end, unless there is nothing', () => {
  fc.assert(
    fc.property(value, fc.constantFrom('json' as const, 'yaml' as const), (given, format) => {
      assert.match(print(goData(given), format), /[^\n]\n$/);
    }),
  );
  for (const nothing of [undefined, null]) {
    assert.deepEqual([print(nothing, 'smart'), print(nothing, 'yaml'), print(nothing, 'json')], ['', '', 'null\n']);
  }
});
