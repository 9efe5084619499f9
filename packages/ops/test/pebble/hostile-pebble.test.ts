// A Pebble that is not there, answers anything but what it should, or goes away: typed errors in bounded time, nothing left open.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  PebbleAPIError,
  PebbleClient,
  PebbleConnectionError,
  PebblePathError,
  PebbleProtocolError,
  PebbleTimeoutError,
  unixHttpTransport,
} from '@charmed/ops/pebble';
import { hostileServer, http, json, type Answerer } from './hostile-server.ts';
import { noMoreOpenThan, openFiles } from './open-files.ts';

type ErrorClass = abstract new (...args: never[]) => Error;
type Call = (client: PebbleClient) => PromiseLike<unknown>;

/** Long enough for a busy machine; who tests silence has less patience. */
const PATIENCE_MS = 30_000;
const IMPATIENCE_MS = 100;

/** Calls a server that answers so. */
async function withServer(
  answer: Answerer,
  body: (client: PebbleClient, socketPath: string) => Promise<void>,
  timeoutMs = PATIENCE_MS,
) {
  const before = openFiles();
  const server = await hostileServer(answer);
  const transport = unixHttpTransport(server.socketPath, { timeoutMs });
  try {
    await body(new PebbleClient(transport), server.socketPath);
  } finally {
    await server.close();
  }
  await noMoreOpenThan(before);
}

function refuses(name: string, answer: Answerer, call: Call, error: ErrorClass, message = /./): void {
  void test(name, async () => {
    const rejects = async (client: PebbleClient) =>
      assert.rejects(
        async () => await call(client),
        (thrown) => thrown instanceof error && message.test(thrown.message),
      );
    await withServer(answer, rejects, error === PebbleTimeoutError ? IMPATIENCE_MS : PATIENCE_MS);
  });
}

const sends =
  (text: string): Answerer =>
  (socket) =>
    socket.end(text);
const dies: Answerer = (socket) => socket.destroy();
const silence: Answerer = () => undefined;
const info: Call = (client) => client.getSystemInfo();
const pull: Call = (client) => client.pull('/file').bytes();
const push: Call = (client) => client.push('/file', 'content');
const chunked = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';

refuses('garbage', sends('\0\x01garbage\r\n\r\n'), info, PebbleProtocolError, /not HTTP/);
refuses('an HTML page', sends(http('<html>', { type: 'text/html' })), info, PebbleProtocolError, /text\/html/);
refuses('no content type', sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'), info, PebbleProtocolError);
refuses('broken JSON', sends(http('{"type":')), info, PebbleProtocolError, /no JSON/);
refuses('JSON that ends early', sends(http('{"type":"sync"}').slice(0, -3)), info, PebbleConnectionError);
refuses('an error without a message', sends(json({}, '500 Oops')), info, PebbleAPIError, /Oops/);
refuses('headers without an end', (socket) => flood(socket, 'X: y\r\n'.repeat(10_000)), info, PebbleProtocolError);
refuses('chunks of no size', sends(`${chunked}zz\r\n`), info, PebbleProtocolError);
refuses('a body without an end', (socket) => flood(socket, ' '.repeat(1 << 20)), info, PebbleProtocolError, /longer/);
refuses('silence', silence, info, PebbleTimeoutError);
refuses('silence in the middle', (socket) => socket.write(chunked), info, PebbleTimeoutError);
refuses('death before the answer', dies, info, PebbleConnectionError);
refuses('death in the middle', sends(`${chunked}5\r\n{"a`), info, PebbleConnectionError);

const multipart = (body: string, boundary = 'x'.repeat(32)) =>
  http(body, { type: `multipart/form-data; boundary=${boundary}` });
const file = `--${'x'.repeat(32)}\r\nContent-Disposition: form-data; name="files"; filename="/file"\r\n\r\ncontent`;

refuses('a pull of JSON', sends(json({ type: 'sync', result: [] })), pull, PebbleProtocolError, /no file/);
refuses('a pull of text', sends(http('content', { type: 'text/plain' })), pull, PebbleProtocolError);
refuses('a pull cut in a file', sends(multipart(file)), pull, PebbleProtocolError, /ends in the middle/);
refuses(
  'a pull without an outcome',
  sends(multipart(`${file}\r\n--${'x'.repeat(32)}--\r\n`)),
  pull,
  PebbleProtocolError,
  /how it went/,
);
refuses('a pull with another boundary', sends(multipart(file, 'y'.repeat(32))), pull, PebbleProtocolError);
refuses('death in a pull', sends(multipart(file).slice(0, -4)), pull, PebbleConnectionError);
refuses('death in a push', dies, push, PebbleConnectionError);

test('a server that takes nothing of a body is given up', async () => {
  await withServer(silence, async (_client, socketPath) => {
    const { request } = unixHttpTransport(socketPath);
    const post = { method: 'POST', path: '/v1/files', body: endless(), timeoutMs: 100 } as const;
    await assert.rejects(request(post), PebbleTimeoutError);
  });
});

test('a push of any size ends when it is refused early', async () => {
  const refusal = json({ type: 'error', result: { message: 'invalid boundary' } }, '400 Bad Request');
  await withServer(
    (socket) => socket.write(refusal),
    async (client) => {
      await assert.rejects(async () => await client.push('/file', endless()), PebbleAPIError);
    },
  );
});

test('a push ends when its content fails', async () => {
  await withServer(silence, async (client) => {
    async function* failing(): AsyncGenerator<string> {
      yield 'some';
      throw new TypeError('no more');
    }
    await assert.rejects(async () => await client.push('/file', failing()), new TypeError('no more'));
  });
});

test('a reader who stops lets go of an endless file', async () => {
  await withServer(
    (socket) => flood(socket, file, 'HTTP/1.1 200 OK\r\nContent-Type: multipart/form-data; boundary=' + 'x'.repeat(32)),
    async (client) => {
      let size = 0;
      for await (const chunk of client.pull('/file')) {
        size += chunk.byteLength;
        if (size > 1 << 20) break;
      }
    },
  );
});

test('an abort ends what runs, with its reason', async () => {
  await withServer(silence, async (client) => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const calls = [
      client.pull('/file', { signal: abort.signal }).bytes(),
      client.push('/file', endless(), { signal: abort.signal }),
      client.waitChange('1', { signal: abort.signal }),
      client.waitNotices({ signal: abort.signal }),
      client.startServices(['web'], { signal: abort.signal }),
      client.refreshCheck('up', { signal: abort.signal }),
      client.followLogs({ signal: abort.signal }).next(),
      client.exec(['true'], { signal: abort.signal }).wait(),
    ];
    abort.abort(reason);
    for (const call of calls) await assert.rejects(async () => await call, reason);
    await assert.rejects(async () => await client.pull('/file', { signal: abort.signal }).bytes(), reason);
  });
});

test('a change that does not end is waited for no longer than asked, at a bounded rate', async () => {
  let requests = 0;
  const answer: Answerer = (socket) => {
    requests += 1;
    socket.end(json({ type: 'error', result: { message: 'timed out' } }, '504 Gateway Timeout'));
  };
  await withServer(answer, async (client) => {
    await assert.rejects(async () => await client.waitChange('1', { timeoutMs: 300 }), PebbleTimeoutError);
  });
  assert.ok(requests <= 10, `${requests} requests`);
});

test('a Pebble that cannot wait is asked again until the change has ended', async () => {
  const task = { id: '1', kind: 'start', summary: 'Start', 'spawn-time': '2026-01-01T00:00:00Z', status: 'Doing' };
  let asked = 0;
  const answer: Answerer = (socket, head) => {
    if (head.includes('/wait')) return socket.end(json({ type: 'error', result: {} }, '404 Not Found'));
    asked += 1;
    return socket.end(json({ type: 'sync', result: { ...task, ready: asked > 1 } }));
  };
  await withServer(answer, async (client) => {
    assert.equal((await client.waitChange('1')).ready, true);
  });
});

test('a server that dies while a change is waited for', async () => {
  await withServer(dies, async (client) => {
    await assert.rejects(async () => await client.waitChange('1'), PebbleConnectionError);
  });
});

test('a socket that is missing, refused, no socket or not reachable', async () => {
  const before = openFiles();
  const directory = mkdtempSync(join(tmpdir(), 'charmed-hostile-'));
  const stale = join(directory, 'stale');
  const server = createServer().listen(stale);
  await once(server, 'listening');
  // Without an unlink, as after a kill -9.
  const left = join(directory, 'left');
  (await import('node:fs')).linkSync(stale, left);
  server.close();
  await once(server, 'close');
  const plain = join(directory, 'file');
  writeFileSync(plain, '');
  for (const path of [
    join(directory, 'missing'),
    left,
    plain,
    join(directory, 'no', 'directory'),
    `/${'x'.repeat(200)}`,
  ]) {
    const client = new PebbleClient(unixHttpTransport(path));
    for (const call of [info, pull, push, (each: PebbleClient) => each.exec(['true']).wait()]) {
      await assert.rejects(async () => await call(client), PebbleConnectionError, path);
    }
  }
  rmSync(directory, { recursive: true });
  await noMoreOpenThan(before);
});

test('an outcome of a file is told by its kind', async () => {
  const error = { kind: 'not-found', message: 'stat /file: no such file or directory' };
  await withServer(sends(json({ type: 'sync', result: [{ path: '/file', error }] })), async (client) => {
    await assert.rejects(async () => await client.removePath('/file'), PebblePathError);
  });
});

/** Writes for as long as the client listens. */
function flood(socket: Socket, text: string, head = chunked.trimEnd()): void {
  const isChunked = head.includes('chunked') && !text.startsWith('X:');
  socket.write(text.startsWith('X:') ? `${head}\r\n` : `${head}\r\n\r\n`);
  const piece = isChunked ? `${text.length.toString(16)}\r\n${text}\r\n` : text;
  const write = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', write);
  };
  write();
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(64 * 1024);
}
