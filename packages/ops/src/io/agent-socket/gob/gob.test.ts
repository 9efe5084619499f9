// The gob codec against itself, against streams that were damaged, and against those that mean harm.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { GobError } from './errors.ts';
import { GobReader } from './reader.ts';
import type { GobRecord } from './types.ts';
import { GobWriter, type FieldKind, type FieldValue, type StructType, type StructValue } from './writer.ts';

const text = fc.string({ unit: 'binary', maxLength: 200 });
const VALUES: Readonly<Record<FieldKind, fc.Arbitrary<FieldValue>>> = {
  bool: fc.boolean(),
  bytes: fc.uint8Array({ maxLength: 300 }),
  int: fc.maxSafeInteger().map((value) => Math.trunc(value / 2)),
  string: text,
  strings: fc.array(text, { maxLength: 10 }),
  uint: fc.maxSafeNat(),
};
const kinds = Object.keys(VALUES) as FieldKind[];

interface Sent {
  readonly type: StructType;
  readonly value: StructValue;
}

/** A few types, and values of them in any order. */
const streams: fc.Arbitrary<readonly Sent[]> = fc
  .array(
    fc.record({
      name: fc.string({ maxLength: 10 }),
      fields: fc.uniqueArray(fc.tuple(text, fc.constantFrom(...kinds)), { selector: ([name]) => name, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((types) => fc.array(fc.constantFrom(...types).chain(valueOf), { maxLength: 6 }));

function valueOf(type: StructType): fc.Arbitrary<Sent> {
  const fields = type.fields.map(([name, kind]) =>
    fc.option(VALUES[kind], { nil: undefined }).map((value) => [name, value]),
  );
  return fc.tuple(...fields).map((entries) => ({ type, value: Object.fromEntries(entries) as StructValue }));
}

function encode(sent: readonly Sent[]): Buffer {
  const writer = new GobWriter();
  return Buffer.concat(sent.map(({ type, value }) => writer.encode(type, value)));
}

/** What a reader is to make of a value: zero values do not travel. */
function expectedOf({ value }: Sent): GobRecord {
  const isZero = (field: FieldValue | undefined) => !field || (typeof field === 'object' && field.length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, field]) => !isZero(field)));
}

function plain(records: readonly GobRecord[]): readonly unknown[] {
  return records.map((record) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? Uint8Array.from(value) : value,
      ]),
    ),
  );
}

/** All that can be read, until the end or the error; anything but a GobError comes out. */
function readAll(chunks: Iterable<Uint8Array>): readonly GobRecord[] {
  const reader = new GobReader();
  const values: GobRecord[] = [];
  try {
    for (const chunk of chunks) values.push(...reader.push(chunk));
  } catch (error) {
    assert.ok(error instanceof GobError, String(error));
    assert.equal(error.code, 'agent-garbage');
  }
  return values;
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let offset = 0;
  for (const size of sizes) yield bytes.subarray(offset, (offset += size));
  yield bytes.subarray(offset);
}

test('what is written is read again, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(streams, fc.array(fc.nat(40)), (sent, sizes) => {
      assert.deepEqual(plain(readAll(cut(encode(sent), sizes))), sent.map(expectedOf));
    }),
  );
});

test('text is kept to the byte, a leading byte order mark and NUL too; what is no text becomes U+FFFD', () => {
  const type: StructType = { name: 'T', fields: [['texts', 'strings']] };
  const [kept] = readAll([encode([{ type, value: { texts: ['\uFEFFa', '\0', '', '\uD800'] } }])]);
  assert.deepEqual(kept?.texts, ['\uFEFFa', '\0', '', '\uFFFD']);
});

test('a stream that breaks off yields what was complete, and waits for the rest', () => {
  fc.assert(
    fc.property(streams, fc.nat(), (sent, at) => {
      const bytes = encode(sent);
      const end = at % (bytes.length + 1);
      const reader = new GobReader();
      const first = reader.push(bytes.subarray(0, end));
      assert.deepEqual(plain(first), sent.slice(0, first.length).map(expectedOf));
      assert.deepEqual(plain([...first, ...reader.push(bytes.subarray(end))]), sent.map(expectedOf));
    }),
  );
});

test('a damaged stream yields values or a typed error, and nothing else', () => {
  const damage = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  fc.assert(
    fc.property(streams, fc.array(damage, { minLength: 1, maxLength: 4 }), (sent, damages) => {
      let bytes = encode(sent);
      for (const { at, remove, insert } of damages) {
        const offset = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, offset), insert, bytes.subarray(offset + remove)]);
      }
      readAll([bytes]);
    }),
    { numRuns: 1000 },
  );
});

test('any bytes yield values or a typed error, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readAll([bytes])),
    { numRuns: 2000 },
  );
});

// Written by hand, since the writer knows no such types.
function uint(value: number): Buffer {
  if (value < 128) return Buffer.of(value);
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(256 - bytes.length), bytes]);
}
const int = (value: number) => uint(value < 0 ? -2 * value - 1 : 2 * value);
const message = (...parts: readonly Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([uint(body.length), body]);
};
const END = Buffer.of(0);
const sliceType = (id: number, element: number) =>
  message(int(-id), uint(2), uint(1), uint(2), int(id), END, uint(1), int(element), END, END);
const structType = (id: number, ...elements: readonly number[]) => {
  const fields = elements.flatMap((element, index) => [
    uint(1),
    uint(1),
    Buffer.from([97 + index]),
    uint(1),
    int(element),
    END,
  ]);
  return message(
    int(-id),
    uint(3),
    uint(1),
    uint(2),
    int(id),
    END,
    uint(1),
    uint(elements.length),
    ...fields,
    END,
    END,
  );
};

function refusal(...chunks: readonly Uint8Array[]): string {
  const reader = new GobReader();
  try {
    for (const chunk of chunks) reader.push(chunk);
  } catch (error) {
    assert.ok(error instanceof GobError, String(error));
    return error.message;
  }
  return 'none';
}

test('a list with more values than any command has is refused before there is room for them', () => {
  const count = 20_000_000;
  const list = message(int(65), uint(1), uint(count), Buffer.alloc(count), END);
  assert.match(refusal(structType(65, 66), sliceType(66, 1), list), /too many values/);
  const lie = message(int(65), uint(1), uint(2 ** 40), END);
  assert.match(refusal(structType(65, 66), sliceType(66, 1), lie), /does not fit/);
});

test('a type of itself is followed only so far', () => {
  const nested = message(int(65), uint(1), ...Array.from({ length: 100 }, () => uint(1)), END);
  assert.match(refusal(structType(65, 66), sliceType(66, 66), nested), /too deeply/);
});

test('types without end, larger than any, twice, or in place of those of gob are refused', () => {
  const endless = Array.from({ length: 10_000 }, (_, index) => structType(65 + index, 6));
  assert.match(refusal(...endless), /too many types/);
  const large = structType(65, ...Array.from({ length: 8000 }, () => 6));
  assert.match(refusal(large), /definition.*too long/);
  assert.match(refusal(structType(65, 6), structType(65, 2)), /type 65/);
  assert.match(refusal(structType(20, 6)), /type 20/);
});

test('a message that goes on after its value is refused', () => {
  assert.match(refusal(structType(65, 2), message(int(65), uint(1), int(3), END, END)), /after its value/);
});

test('a message is refused by its announced length, before it comes', () => {
  assert.match(refusal(uint(2 ** 31)), /too long/);
  assert.match(refusal(Buffer.of(0x80)), /impossible length/);
});

test('a long message in very many pieces is read once', { timeout: 60_000 }, () => {
  const type: StructType = { name: 'T', fields: [['data', 'bytes']] };
  const data = new Uint8Array(16 * 1024 * 1024).fill(7);
  const bytes = encode([{ type, value: { data } }]);
  const pieces = cut(
    bytes,
    Array.from({ length: 32 * 1024 }, () => 512),
  );
  const [value] = readAll(pieces);
  assert.ok(value?.data instanceof Uint8Array);
  assert.equal(Buffer.compare(value.data, data), 0);
});
