// Websockets against those of `ws`, and against bytes that no server may send.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type WebSocket, WebSocketServer } from 'ws';
import { PebbleConnectionError, PebbleError } from '../../pebble/errors.ts';
import type { PebbleSocket } from '../../pebble/transport.ts';
import { unixHttpTransport } from './unix-http.ts';

interface Pair {
  readonly ours: PebbleSocket;
  readonly theirs: WebSocket;
}

async function withPair(body: (pair: Pair) => Promise<void>): Promise<void> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-websocket-'));
  const path = join(directory.path, 'socket');
  const server = createServer();
  const websockets = new WebSocketServer({ server, perMessageDeflate: false });
  server.listen(path);
  await once(server, 'listening');
  const connected = once(websockets, 'connection') as Promise<[WebSocket]>;
  const ours = await unixHttpTransport(path).websocket('/stream');
  const [theirs] = await connected;
  try {
    await body({ ours, theirs });
  } finally {
    ours.close();
    for (const each of websockets.clients) each.terminate();
    await server[Symbol.asyncDispose]();
  }
}

const lengths = fc.oneof(fc.integer({ max: 200, min: 0 }), fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000));
const messages = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    lengths.map((length) => Buffer.alloc(length, length & 0xff)),
  ),
  { maxLength: 8 },
);

test('messages of any length come as they went, both ways', async () => {
  await withPair(async ({ ours, theirs }) => {
    const heard: (string | Buffer)[] = [];
    theirs.on('message', (data: Buffer, isBinary: boolean) => heard.push(isBinary ? data : data.toString()));
    const reader = ours.messages()[Symbol.asyncIterator]();
    await fc.assert(
      fc.asyncProperty(messages, async (sent) => {
        heard.length = 0;
        for (const message of sent) await ours.send(message);
        for (const message of sent) theirs.send(message);
        for (const message of sent) assert.deepEqual((await reader.next()).value, message);
        while (heard.length < sent.length) await once(theirs, 'message');
        assert.deepEqual(heard, sent);
      }),
      { numRuns: 50 },
    );
  });
});

test('a message in fragments, with a ping between them, comes whole, and the ping is answered', async () => {
  await withPair(async ({ ours, theirs }) => {
    const pong = once(theirs, 'pong') as Promise<[Buffer]>;
    theirs.send('one', { fin: false });
    theirs.ping('are you there');
    theirs.send(' two', { fin: true });
    const { value } = await ours.messages()[Symbol.asyncIterator]().next();
    assert.equal(value, 'one two');
    assert.equal((await pong)[0].toString(), 'are you there');
  });
});

test('when the other side closes, messages end and nothing can be sent', async () => {
  for (const end of ['close', 'terminate'] as const) {
    await withPair(async ({ ours, theirs }) => {
      theirs.send('last');
      theirs[end]();
      assert.deepEqual(await Array.fromAsync(ours.messages()), ['last']);
      await assert.rejects(ours.send('more'), PebbleConnectionError);
    });
  }
});

test('who does not read is not sent any more', { timeout: 60_000 }, async () => {
  await withPair(async ({ ours, theirs }) => {
    theirs.pause();
    let sent = 0;
    let isHeld = false;
    const sending = (async () => {
      for (; sent < 64; sent += 1) await ours.send(Buffer.alloc(1 << 20));
    })();
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    isHeld = sent < 64;
    assert.ok(isHeld, `${sent} MiB were sent to one who does not read`);
    theirs.resume();
    await sending;
  });
});

async function withBytes(bytes: () => Uint8Array, body: (path: string) => Promise<void>): Promise<void> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-websocket-'));
  const path = join(directory.path, 'socket');
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(bytes()));
  }).listen(path);
  await once(server, 'listening');
  await body(path);
  await server[Symbol.asyncDispose]();
}

const ACCEPTED =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

async function read(path: string): Promise<readonly (Uint8Array | string)[]> {
  const socket = await unixHttpTransport(path).websocket('/stream');
  return Array.fromAsync(socket.messages());
}

test('frames that no server may send end the messages', async () => {
  const frames: Readonly<Record<string, readonly number[]>> = {
    masked: [0x82, 0x81, 0, 0, 0, 0, 1],
    'of a reserved kind': [0x83, 0x00],
    'with a reserved bit': [0xc2, 0x01, 1],
    'a long ping': [0x89, 0x7e, 0x01, 0x00],
    'a ping in fragments': [0x09, 0x00],
    'longer than Pebble sends': [0x82, 0x7f, 0, 0, 0, 0, 0, 0x20, 0, 0],
    'longer than anything': [0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    'that ends early': [0x82, 0x05, 1, 2],
  };
  for (const [name, frame] of Object.entries(frames)) {
    const sent = Buffer.concat([Buffer.from(ACCEPTED), Uint8Array.of(0x81, 0x01, 0x61), Uint8Array.from(frame)]);
    await withBytes(
      () => sent,
      async (path) => assert.deepEqual(await read(path), ['a'], name),
    );
  }
});

test('empty fragments without an end are given up', async () => {
  const sent = Buffer.concat([Buffer.from(ACCEPTED), Buffer.alloc(1 << 20, Uint8Array.of(0x00, 0x00))]);
  await withBytes(
    () => sent,
    async (path) => assert.deepEqual(await read(path), []),
  );
});

test('whatever bytes come, there are messages or a Pebble error', async () => {
  let sent: Uint8Array = Buffer.alloc(0);
  const bytes = fc.uint8Array({ maxLength: 100 });
  const answer = fc.oneof(
    bytes,
    bytes.map((frames) => Buffer.concat([Buffer.from(ACCEPTED), frames])),
  );
  await withBytes(
    () => sent,
    async (path) => {
      await fc.assert(
        fc.asyncProperty(answer, async (next) => {
          sent = next;
          await read(path).catch((error: unknown) => assert.ok(error instanceof PebbleError, String(error)));
        }),
        { numRuns: 300 },
      );
    },
  );
});

test('an answer that is no upgrade, or one to another key, is refused', async () => {
  for (const answer of ['HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', ACCEPTED.replace('s3pP', 'aaaa')]) {
    await withBytes(
      () => Buffer.from(answer),
      async (path) => await assert.rejects(read(path), PebbleConnectionError),
    );
  }
});

test('an abort ends the wait for an upgrade, with its reason', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-websocket-'));
  const path = join(directory.path, 'socket');
  const server = createSocketServer((socket) => socket.once('data', () => abort.abort(reason))).listen(path);
  await once(server, 'listening');
  const abort = new AbortController();
  const reason = new Error('enough');
  await assert.rejects(unixHttpTransport(path).websocket('/stream', abort.signal), reason);
  await server[Symbol.asyncDispose]();
});
