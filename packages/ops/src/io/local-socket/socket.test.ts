// Both sockets do the same.

import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { openNetSocket } from './net-socket.ts';
import { openLocalSocket } from './open-socket.ts';
import { openPipeSocket } from './pipe-socket.ts';
import type { LocalSocketListener, OpenLocalSocket } from './socket.ts';

const ways: readonly (readonly [name: string, open: OpenLocalSocket | undefined])[] = [
  ['the handle', openPipeSocket],
  ['node:net', openNetSocket],
  ['whichever there is', openLocalSocket],
];

/** Tells what it heard, and waits for the next. */
class Heard implements LocalSocketListener {
  readonly events: (Uint8Array | Error | 'end')[] = [];
  #wake: () => void = () => undefined;

  data(bytes: Uint8Array): void {
    this.#add(bytes.slice());
  }

  end(error?: Error): void {
    this.#add(error ?? 'end');
  }

  async until(isEnough: (events: Heard['events']) => boolean): Promise<void> {
    while (!isEnough(this.events)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.events.filter((event) => event instanceof Uint8Array));
  }

  #add(event: Uint8Array | Error | 'end'): void {
    this.events.push(event);
    this.#wake();
  }
}

async function serve(path: string, onSocket: (socket: Socket) => void): Promise<{ path: string } & AsyncDisposable> {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { path, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

for (const [name, open] of ways) {
  assert.ok(open, `${name} is there`);

  void test(`${name}: what is written comes back, however much`, { timeout: 60_000 }, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-socket-'));
    const path = join(directory.path, 'socket');
    await using server = await serve(path, (socket) => socket.pipe(socket));
    const heard = new Heard();
    const socket = await open(server.path, heard);
    const sent = Array.from({ length: 8 }, (_, index) => new Uint8Array(700_000).fill(index));
    for (const bytes of sent) void socket.write(bytes);
    await heard.until(() => heard.bytes().length === 5_600_000);
    assert.ok(Buffer.concat(sent).equals(heard.bytes()));
    await socket.close();
    await socket.close();
    assert.ok(!heard.events.includes('end'), 'our own end is not told');
  });

  void test(`${name}: the other side's end is told once`, { timeout: 60_000 }, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-socket-'));
    const path = join(directory.path, 'socket');
    await using server = await serve(path, (socket) => socket.end('bye'));
    const heard = new Heard();
    const socket = await open(server.path, heard);
    await heard.until((events) => events.includes('end'));
    void socket.write(Buffer.from('too late'));
    await socket.close();
    assert.equal(Buffer.from(heard.bytes()).toString(), 'bye');
    assert.deepEqual(heard.events.at(-1), 'end');
  });

  void test(`${name}: who does not read holds up the other side`, { timeout: 60_000 }, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-socket-'));
    const path = join(directory.path, 'socket');
    const peer = Promise.withResolvers<Socket>();
    await using server = await serve(path, (socket) => peer.resolve(socket));
    const heard = new Heard();
    const socket = await open(server.path, heard);
    socket.pause();
    const other = await peer.promise;
    const size = 4 << 20;
    other.write(Buffer.alloc(size));
    for (let turn = 0; turn < 100; turn += 1) await macrotask();
    assert.ok(other.writableLength > 0, 'the other side still has some of it');
    assert.equal(heard.bytes().length, 0);
    socket.resume();
    await heard.until(() => heard.bytes().length === size);

    other.pause();
    const gone = socket.write(new Uint8Array(size));
    assert.ok(gone, 'the other side does not take all at once');
    other.resume();
    await gone;
    assert.equal(socket.write(Buffer.from('more')), undefined);
    await socket.close();
  });

  void test(`${name}: a socket that is not there, or that nobody serves, is an error with its code`, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-socket-'));
    await assert.rejects(open(join(directory.path, 'none'), new Heard()), { code: 'ENOENT' });
    await assert.rejects(open('\0charmed-nobody-serves-this', new Heard()), { code: 'ECONNREFUSED' });
  });

  void test(`${name}: an abstract socket`, { timeout: 60_000 }, async () => {
    const path = `\0charmed-test-${process.pid}-${ways.findIndex(([way]) => way === name)}`;
    await using server = await serve(path, (socket) => socket.end('abstract'));
    const heard = new Heard();
    const socket = await open(server.path, heard);
    await heard.until((events) => events.includes('end'));
    assert.equal(Buffer.from(heard.bytes()).toString(), 'abstract');
    await socket.close();
  });
}
