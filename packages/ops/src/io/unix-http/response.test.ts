// An answer reads the same however it is cut into pieces, and whatever else comes is refused.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteSource } from '../../pebble/byte-source.ts';
import { PebbleConnectionError, PebbleError, PebbleProtocolError } from '../../pebble/errors.ts';
import { bodyOf } from './response-body.ts';
import { parseResponseHead, type ResponseHead } from './response-head.ts';
import { unixHttpTransport } from './unix-http.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

function headOf(...lines: readonly string[]): Partial<ResponseHead> | undefined {
  return parseResponseHead(['HTTP/1.1 200 OK', ...lines].join('\r\n'));
}

test('a head says how long the body is, and whether the connection stays', () => {
  assert.deepEqual(headOf('Content-Length: 12', 'X-A:  b '), {
    status: 200,
    statusText: 'OK',
    headers: { 'content-length': '12', 'x-a': 'b' },
    length: 12,
    staysOpen: true,
  });
  assert.equal(headOf('Transfer-Encoding: Chunked')?.length, 'chunked');
  assert.equal(headOf('Content-Length: 0', 'Connection: Close')?.staysOpen, false);
  assert.deepEqual([headOf()?.length, headOf()?.staysOpen], ['until-close', false]);
  assert.equal(parseResponseHead('HTTP/1.0 200 OK\r\nContent-Length: 0')?.staysOpen, false);
  assert.deepEqual([parseResponseHead('HTTP/1.1 204')?.length, parseResponseHead('HTTP/1.1 204')?.statusText], [0, '']);
});

test('a head that is not as it should be is none', () => {
  const heads = [
    '',
    'HTTP/2 200 OK',
    'HTTP/1.1 20 OK',
    'HTTP/1.1 abc',
    'GET / HTTP/1.1',
    `${OK}no colon`,
    `${OK}: no name`,
    `${OK}a b: c`,
    `${OK}a: b\r\n folded`,
    `${OK}a: \0`,
    `${OK}Content-Length: -1`,
    `${OK}Content-Length: 1\r\nContent-Length: 2`,
    `${OK}Content-Length: 9999999999999999`,
    `${OK}Transfer-Encoding: gzip`,
    `${OK}Transfer-Encoding: chunked\r\nContent-Length: 3`,
  ];
  for (const head of heads) assert.equal(parseResponseHead(head), undefined, JSON.stringify(head));
});

test('any text is a head or none, and no name is special', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseResponseHead(text)));
  const head = parseResponseHead(`${OK}__proto__: a\r\nconstructor: b\r\ncontent-length: 0`);
  assert.deepEqual(Object.keys(head?.headers ?? {}), ['__proto__', 'constructor', 'content-length']);
});

function sourceOf(pieces: readonly Uint8Array[]): ByteSource {
  async function* streamed(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  return new ByteSource(streamed(), {
    ended: () => new PebbleConnectionError('ended'),
    tooLong: () => new PebbleProtocolError('too long'),
  });
}

/** The bytes cut into pieces of these sizes, again and again. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 1) {
    pieces.push(bytes.subarray(at, at + (sizes[pieces.length % sizes.length] ?? 1)));
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 6 });

function chunked(contents: readonly Uint8Array[], extension = ''): Buffer {
  const pieces = contents.flatMap((content) => [`${content.length.toString(16)}${extension}\r\n`, content, '\r\n']);
  return Buffer.concat([...pieces, '0\r\nX-Trailer: a\r\n\r\n'].map((piece) => Buffer.from(piece)));
}

test('a body in chunks reads back, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, sizes, fc.constantFrom('', ' ', ';a=b'), async (contents, cuts, extension) => {
      const source = sourceOf(cut(chunked(contents, extension), cuts));
      const read = Buffer.concat(await Array.fromAsync(bodyOf(source, 'chunked')));
      assert.ok(read.equals(Buffer.concat(contents)));
      assert.ok(source.isEmpty);
    }),
  );
});

test('a body that ends early, wherever that is, is a broken connection', async () => {
  const whole = chunked([Buffer.from('some'), Buffer.from('content')]);
  for (let length = 0; length < whole.length; length += 1) {
    const reading = Array.fromAsync(bodyOf(sourceOf([whole.subarray(0, length)]), 'chunked'));
    await assert.rejects(reading, PebbleConnectionError, `${length} bytes`);
  }
  await assert.rejects(Array.fromAsync(bodyOf(sourceOf([Buffer.from('some')]), 5)), PebbleConnectionError);
});

test('sizes of chunks that are none, and trailers without an end, are refused', async () => {
  const trailers = Buffer.from(`0\r\n${'a: b\r\n'.repeat(200)}`);
  const bodies = ['zz\r\n', '-1\r\n', '\r\n', '1234567890123\r\n', '1\r\nab\r\n', 'a'.repeat(5000)].map((text) =>
    Buffer.from(text),
  );
  for (const body of [...bodies, trailers]) {
    await assert.rejects(Array.fromAsync(bodyOf(sourceOf([body]), 'chunked')), PebbleProtocolError, body.toString());
  }
});

test('whatever bytes a server sends, there is an answer or a Pebble error, and no connection is left', async () => {
  const answer = Buffer.from(
    `${OK}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n`,
  );
  const sent = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.nat(answer.length - 1), fc.nat(255)).map(([at, byte]) => answer.with(at, byte)),
  );
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-http-'));
  const path = join(directory.path, 'socket');
  let bytes: Uint8Array = answer;
  const server = createServer((socket) => socket.once('data', () => socket.end(bytes))).listen(path);
  await once(server, 'listening');
  await using transport = { ...unixHttpTransport(path), [Symbol.asyncDispose]: async () => transport.close() };
  await fc.assert(
    fc.asyncProperty(sent, async (next) => {
      bytes = next;
      try {
        const { body } = await transport.request({ method: 'GET', path: '/' });
        await Array.fromAsync(body);
      } catch (error) {
        assert.ok(error instanceof PebbleError, String(error));
      }
    }),
    { numRuns: 300 },
  );
  await server[Symbol.asyncDispose]();
});
