// Large files and slow ends: who does not read holds up who sends, and memory does not grow with the size.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
import { type Answerer, hostileServer, json } from './hostile-server.ts';
import { noMoreOpenThan, openFiles } from './open-files.ts';

const MIB = 1024 * 1024;
/** What the kernel and both ends may hold together. */
const HELD_BYTES = 4 * MIB;
const BOUNDARY = 'b'.repeat(32);

async function withServer(answer: Answerer, body: (socketPath: string) => Promise<void>): Promise<void> {
  const before = openFiles();
  const server = await hostileServer(answer);
  try {
    await body(server.socketPath);
  } finally {
    await server.close();
  }
  await noMoreOpenThan(before);
}

/** Sends a file of so many bytes as fast as it is taken. */
async function sendFile(socket: Socket, size: number, sent: (bytes: number) => void): Promise<void> {
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  const part = (name: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nConnection: close\r\n\r\n${part('files')}`);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  for (let total = 0; total < size && !socket.destroyed; total += chunk.length) {
    if (!socket.write(chunk)) await new Promise((resolve) => socket.once('drain', resolve));
    sent(total);
  }
  socket.end(`\r\n${part('response')}{"type":"sync","result":[{"path":"/file"}]}\r\n--${BOUNDARY}--\r\n`);
}

/** Says that the file is there, once the body has ended. */
function answerAtEnd(socket: Socket): Socket {
  let end = '';
  return socket.on('data', (bytes: Buffer) => {
    end = `${end}${bytes.toString('latin1')}`.slice(-5);
    if (end === '0\r\n\r\n') socket.end(json({ type: 'sync', result: [{ path: '/file' }] }));
  });
}

/** Waits until a number does not grow any more. */
async function standstill(number: () => number): Promise<number> {
  for (let [last, turns] = [-1, 0]; turns < 200; turns = number() === last ? turns + 1 : 0) {
    last = number();
    await macrotask();
  }
  return number();
}

test('a server waits while nobody reads the file that it sends', async () => {
  let sent = 0;
  const answer: Answerer = (socket) => void sendFile(socket, 64 * MIB, (bytes) => (sent = bytes));
  await withServer(answer, async (path) => {
    const reader = new PebbleClient(unixHttpTransport(path)).pull('/file')[Symbol.asyncIterator]();
    let size = (await reader.next()).value?.byteLength ?? 0;
    const held = await standstill(() => sent);
    assert.ok(held < HELD_BYTES, `${held} bytes were sent to one who has read ${size}`);
    for await (const chunk of reader) size += chunk.byteLength;
    assert.equal(size, 64 * MIB);
  });
});

test('content is asked for no faster than it is taken', async () => {
  const taken = Promise.withResolvers<Socket>();
  const answer: Answerer = (socket) => {
    answerAtEnd(socket);
    taken.resolve(socket.pause());
  };
  await withServer(answer, async (path) => {
    let made = 0;
    async function* content(): AsyncGenerator<Uint8Array> {
      for (; made < 64 * MIB; made += 64 * 1024) yield Buffer.alloc(64 * 1024);
    }
    const push = new PebbleClient(unixHttpTransport(path)).push('/file', content());
    const socket = await taken.promise;
    const held = await standstill(() => made);
    assert.ok(held < HELD_BYTES, `${held} bytes were made for one who takes nothing`);
    socket.resume();
    await push;
    assert.equal(made, 64 * MIB);
  });
});

test('content that comes slowly is waited for, and is no silence of Pebble', async () => {
  const answer: Answerer = (socket) => void answerAtEnd(socket).resume();
  await withServer(answer, async (path) => {
    const { request } = unixHttpTransport(path);
    async function* content(): AsyncGenerator<Uint8Array> {
      for (const text of ['a', 'b', 'c']) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        yield Buffer.from(text);
      }
    }
    const response = await request({ method: 'POST', path: '/v1/files', body: content(), timeoutMs: 200 });
    assert.match(Buffer.concat(await Array.fromAsync(response.body)).toString(), /sync/);
  });
});

test('a GiB for a slow reader takes no more memory than a part of it', { timeout: 120_000 }, async () => {
  const answer: Answerer = (socket) => void sendFile(socket, 1024 * MIB, () => undefined);
  await withServer(answer, async (path) => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
      const peak = () => Number(/VmHWM:\\s*(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
      const client = new PebbleClient(unixHttpTransport(${JSON.stringify(path)}));
      let [size, first, turn] = [0, 0, 0];
      for await (const chunk of client.pull('/file')) {
        first ||= peak();
        size += chunk.byteLength;
        if (++turn % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      console.log(JSON.stringify({ size, grown: peak() - first }));`;
    const args = ['--conditions=@charmed/source', '--input-type=module', '--eval', code];
    const child = spawn(process.execPath, args, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
    const printed = Buffer.concat(await Array.fromAsync(child.stdout as AsyncIterable<Buffer>)).toString();
    const { size, grown } = JSON.parse(printed) as { size: number; grown: number };
    assert.equal(size, 1024 * MIB);
    assert.ok(grown < 100, `${grown} MiB more than with the first chunk`);
  });
});
