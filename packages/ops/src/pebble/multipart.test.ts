// What is written as multipart reads back, and whatever else comes is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PebbleProtocolError } from './errors.ts';
import { readParts } from './multipart-in.ts';
import { multipartFrame, newBoundary } from './multipart-out.ts';

interface ReadPart {
  readonly name: string;
  readonly content: Buffer;
}

async function partsOf(chunks: readonly Uint8Array[], contentType: string): Promise<ReadPart[]> {
  const parts: ReadPart[] = [];
  for await (const { name, content } of readParts(streamOf(chunks), contentType)) {
    parts.push({ name, content: Buffer.concat(await Array.fromAsync(content)) });
  }
  return parts;
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function bodyOf(boundary: string, content: readonly Uint8Array[], path = '/file'): Buffer {
  const { head, tail } = multipartFrame(boundary, { action: 'write' }, path);
  return Buffer.concat([head, ...content, tail]);
}

/** The bytes cut into pieces of these sizes, again and again. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const boundary = 'b'.repeat(32);
const contentType = `multipart/form-data; boundary=${boundary}`;
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
// Content that looks like what ends it.
const lookalike = fc
  .array(
    fc.constantFrom('\r', '\n', '\r\n', '--', '\r\n--', '\r\n--b', `--${boundary}`, `\r\n--${boundary.slice(1)}`, 'x'),
    { maxLength: 30 },
  )
  .map((pieces) => Buffer.from(pieces.join('')));
const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  lookalike.filter((bytes) => !bytes.includes(`\r\n--${boundary}`)),
);

test('what is written reads back, however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(content, sizes, async (bytes, chunkSizes) => {
      const parts = await partsOf(cut(bodyOf(boundary, [bytes]), chunkSizes), contentType);
      assert.deepEqual(
        parts.map(({ name }) => name),
        ['request', 'files'],
      );
      assert.ok(parts[1]?.content.equals(bytes));
    }),
  );
});

test('a path may have quotes, and boundaries differ', async () => {
  const parts = await partsOf([bodyOf(boundary, [], String.raw`/a "b" \c`)], contentType);
  assert.equal(parts.length, 2);
  assert.notEqual(newBoundary(), newBoundary());
  assert.match(newBoundary(), /^[a-z0-9]{32,70}$/);
});

test('a body that ends early, wherever that is, is no body', async () => {
  const whole = bodyOf(boundary, [Buffer.from('some content')]);
  // The line end after the last boundary may be missing.
  for (let length = 0; length < whole.length - 2; length += 1) {
    await assert.rejects(partsOf([whole.subarray(0, length)], contentType), PebbleProtocolError, `${length} bytes`);
  }
});

test('a body with any byte changed gives parts or a protocol error', async () => {
  const whole = bodyOf(boundary, [Buffer.from('some content')]);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), sizes, async (at, byte, chunkSizes) => {
      const changed = Buffer.from(whole);
      changed[at] = byte;
      await partsOf(cut(changed, chunkSizes), contentType).catch((error: unknown) => {
        assert.ok(error instanceof PebbleProtocolError, String(error));
      });
    }),
    { numRuns: 500 },
  );
});

test('garbage, and any content type, is a protocol error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string(), async (bytes, type) => {
      await assert.rejects(partsOf([bytes], contentType), PebbleProtocolError);
      await assert.rejects(partsOf([bytes], type), PebbleProtocolError);
      await assert.rejects(partsOf([bytes], `multipart/form-data; boundary=${type}`), PebbleProtocolError);
    }),
  );
});

test('headers that do not end are given up after 16 KiB, and the source is let go', async () => {
  let sent = 0;
  let isReleased = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(`--${boundary}\r\n`);
      for (;;) {
        sent += 1024;
        yield Buffer.alloc(1024, 'x');
      }
    } finally {
      isReleased = true;
    }
  }
  await assert.rejects(async () => {
    for await (const part of readParts(endless(), contentType)) assert.fail(part.name);
  }, /headers/);
  assert.ok(sent <= 20 * 1024, `${sent} bytes were read`);
  assert.ok(isReleased);
});
