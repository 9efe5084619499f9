// The pickles of Python ops, and everything that is none: each gives a value or a typed error, at once. That real pickles of all kinds
// read back equal is shown in `conformance/takeover`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { PythonValueError } from './errors.ts';
import { jsonImage } from './json-image.ts';
import { readPickle } from './pickle.ts';

// One dict with every simple type, by `pickle.dumps` in the protocols 3 (which has no sets), 4 and 5 (with a bytearray).
const WRITTEN_BY_PYTHON = [
  'gAN9cQAoWAQAAABub25lcQFOWAUAAABmbGFnc3ECXXEDKIiJZVgEAAAAaW50c3EEXXEFKEsAS/9NAAFKAAABAEr/////igUAAACAAIoIAAAAAAAAAICKDQAAAAAAAAAAAAAAABBlWAUAAABmbG9hdHEGRz/4AAAAAAAAWAQAAAB0ZXh0cQdYDAAAAGdyw7zDn2Ug8J+agHEIWAUAAABieXRlc3EJQwIA/3EKWAUAAAB0dXBsZXELSwFLAksDhnEMKYdxDVgEAAAAZGljdHEOfXEPKEsBWAMAAABvbmVxEE5oAXVYBgAAAHNoYXJlZHERXXESKF1xE1gBAAAAeHEUYWgTZXUu',
  'gASV5gAAAAAAAAB9lCiMBG5vbmWUTowFZmxhZ3OUXZQoiIlljARpbnRzlF2UKEsAS/9NAAFKAAABAEr/////igUAAACAAIoIAAAAAAAAAICKDQAAAAAAAAAAAAAAABBljAVmbG9hdJRHP/gAAAAAAACMBHRleHSUjAxncsO8w59lIPCfmoCUjAVieXRlc5RDAgD/lIwFdHVwbGWUSwFLAksDhpQph5SMA3NldJSPlCiMAWKUkIwGZnJvemVulChLAZGUjARkaWN0lH2UKEsBjANvbmWUTmgBdYwGc2hhcmVklF2UKF2UjAF4lGFoGGV1Lg==',
  'gAWV/gAAAAAAAAB9lCiMBG5vbmWUTowFZmxhZ3OUXZQoiIlljARpbnRzlF2UKEsAS/9NAAFKAAABAEr/////igUAAACAAIoIAAAAAAAAAICKDQAAAAAAAAAAAAAAABBljAVmbG9hdJRHP/gAAAAAAACMBHRleHSUjAxncsO8w59lIPCfmoCUjAVieXRlc5RDAgD/lIwFdHVwbGWUSwFLAksDhpQph5SMA3NldJSPlCiMAWKUkIwGZnJvemVulChLAZGUjARkaWN0lH2UKEsBjANvbmWUTmgBdYwGc2hhcmVklF2UKF2UjAF4lGFoGGWMCWJ5dGVhcnJheZSWAgAAAAAAAABhYpR1Lg==',
].map((text) => Buffer.from(text, 'base64'));

const [, PROTOCOL_4 = Buffer.of()] = WRITTEN_BY_PYTHON;

test('every simple type reads back, in every protocol', () => {
  const shared = new Map<unknown, unknown>([
    ['none', null],
    ['flags', [true, false]],
    ['ints', [0n, 255n, 256n, 65536n, -1n, 2n ** 31n, -(2n ** 63n), 2n ** 100n]],
    ['float', 1.5],
    ['text', 'grüße 🚀'],
    ['bytes', Uint8Array.of(0, 255)],
    ['tuple', [1n, [2n, 3n], []]],
  ]);
  const sets = [
    ['set', new Set(['b'])],
    ['frozen', new Set([1n])],
  ] as const;
  const rest = [
    [
      'dict',
      new Map<unknown, unknown>([
        [1n, 'one'],
        [null, 'none'],
      ]),
    ],
    ['shared', [['x'], ['x']]],
  ] as const;
  const array = ['bytearray', Buffer.from('ab')] as const;
  const expected = [
    [...shared, ...rest],
    [...shared, ...sets, ...rest],
    [...shared, ...sets, ...rest, ['bytearray', Uint8Array.from(array[1])] as const],
  ];
  for (const [index, pickle] of WRITTEN_BY_PYTHON.entries()) {
    assert.deepEqual(readPickle(pickle), new Map<unknown, unknown>(expected[index]));
  }
});

test('a pickle with code in it is refused by the name of what it would run', () => {
  const refusals: readonly [string, string][] = [
    ['GLOBAL', '80 03 63 6f 73 0a 73 79 73 74 65 6d 0a 58 02 00 00 00 69 64 85 52 2e'], // os.system('id')
    ['STACK_GLOBAL', '80 04 8c 02 6f 73 8c 06 73 79 73 74 65 6d 93 8c 02 69 64 85 52 2e'],
    ['REDUCE', '80 04 4e 29 52 2e'],
    ['BUILD', '80 04 7d 7d 62 2e'],
    ['INST', '80 04 28 69 6f 73 0a 73 79 73 74 65 6d 0a 2e'],
    ['NEWOBJ', '80 04 4e 29 81 2e'],
    ['NEWOBJ_EX', '80 04 4e 29 7d 92 2e'],
    ['OBJ', '80 04 28 4e 6f 2e'],
    ['EXT1', '80 04 82 01 2e'],
    ['PERSID', '80 04 50 61 0a 2e'],
    ['BINPERSID', '80 04 4e 51 2e'],
  ];
  for (const [name, hex] of refusals) {
    const pickle = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    assert.throws(() => readPickle(pickle), { code: 'pickle-not-simple', message: new RegExp(`opcode ${name},`) });
  }
});

test('what is no pickle is told apart from what is one', () => {
  const texts: readonly [string, RegExp][] = [
    ['', /ends too early/],
    ['80044e', /ends too early/],
    ['28646c2e', /protocol is an early one/], // protocol 0
    ['80024e2e', /protocol is 2/],
    ['80064e2e', /protocol is 6/],
    ['8004ff2e', /unknown opcode 0xff/],
    ['80042e', /lacks a value/],
    ['80044e4e2e', /leaves values behind/],
    ['80044e2e00', /goes on after its end/],
    ['8004652e', /no mark/],
    ['80044e4e612e', /adds to something that is no Array/],
    ['80047d284e752e', /key without a value/],
    ['800468052e', /refers to a value/],
    ['8004288c0161852e', /leaves values behind/],
    ['80048c02c3282e', /not valid Unicode/],
  ];
  for (const [hex, message] of texts) {
    assert.throws(() => readPickle(Buffer.from(hex, 'hex')), { code: 'bad-pickle', message }, hex);
  }
});

test('a length that its bytes cannot have is refused before anything is allocated', () => {
  for (const opcode of ['95', '8d', '8e', '96']) {
    assert.throws(() => readPickle(Buffer.from(`8004${opcode}ffffffffffffff7f2e`, 'hex')), { code: 'bad-pickle' });
  }
  for (const opcode of ['58', '42', '8b']) {
    assert.throws(() => readPickle(Buffer.from(`8004${opcode}ffffff7f2e`, 'hex')), { code: 'bad-pickle' });
  }
  assert.throws(() => readPickle(Buffer.from('80047dffffffff', 'hex')), { code: 'bad-pickle' });
});

test('whatever bytes change or are missing: a value, or a typed error', () => {
  const change = fc.record({ at: fc.nat(PROTOCOL_4.length - 1), to: fc.integer({ min: 0, max: 255 }) });
  const cut = fc.option(fc.nat(PROTOCOL_4.length));
  const original = fc.constantFrom(...WRITTEN_BY_PYTHON);
  fc.assert(
    fc.property(original, fc.array(change, { minLength: 1, maxLength: 4 }), cut, (pickle, changes, length) => {
      const mutated = Buffer.from(pickle);
      for (const { at, to } of changes) mutated[at] = to;
      requireTyped(mutated.subarray(0, length ?? undefined));
    }),
    { numRuns: 5000 },
  );
});

test('any bytes at all: a value, or a typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => requireTyped(Buffer.from([0x80, 4, ...bytes, 0x2e]))),
    { numRuns: 5000 },
  );
});

function requireTyped(pickle: Uint8Array): void {
  try {
    jsonImage(readPickle(pickle));
  } catch (error) {
    assert.ok(error instanceof PythonValueError, String(error));
  }
}
