import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from '../directories.ts';
import { call } from './client.ts';

test('a call ends when it is aborted, though the controller never answers', async () => {
  await using controller = await Controller.start(() => undefined);
  const signal = AbortSignal.timeout(20);
  await assert.rejects(call(controller.directories, 'status', null, { signal }), { name: 'TimeoutError' });
  await assert.rejects(call(controller.directories, 'status', null, { signal }), { name: 'TimeoutError' });
});

test('a controller that ends before it has answered, or in the middle of it, is told', async () => {
  const ends: readonly ((socket: Socket) => unknown)[] = [
    (socket) => socket.end('{"event": 1}\n{"res'),
    (socket) => socket.end(),
    (socket) => socket.destroy(),
  ];
  for (const end of ends) {
    await using controller = await Controller.start((socket) => socket.once('data', () => end(socket)).resume());
    await assert.rejects(call(controller.directories, 'status', null), { code: 'controller-gone' });
  }
});

test('nor does a controller that is killed before it has read what it is asked', async () => {
  await using controller = await Controller.start((socket) => setTimeout(() => socket.destroy(), 50));
  await assert.rejects(call(controller.directories, 'status', null), { code: 'controller-gone' });
});

test('without a controller the user is told how to start one', async () => {
  const directories = { state: '/none', runtime: '/none', cache: '/none' };
  await assert.rejects(call(directories, 'status', null), { code: 'no-sandbox', message: /`charmed sandbox deploy`/ });
});

class Controller implements AsyncDisposable {
  readonly directories: { readonly state: string; readonly runtime: string; readonly cache: string };
  readonly #directory: { readonly path: string; remove(): Promise<void> };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(
    directory: { readonly path: string; remove(): Promise<void> },
    onConnection: (socket: Socket) => unknown,
  ) {
    this.#directory = directory;
    this.directories = { state: directory.path, runtime: directory.path, cache: directory.path };
    this.#server = createServer({ pauseOnConnect: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    });
  }

  /** @param onConnection is given a connection from which nothing is read yet. */
  static async start(onConnection: (socket: Socket) => unknown): Promise<Controller> {
    const controller = new Controller(await mkdtempDisposable(join(tmpdir(), 'client-test-')), onConnection);
    const { promise, resolve } = Promise.withResolvers<void>();
    controller.#server.listen(files.apiSocket(controller.directories), resolve);
    await promise;
    return controller;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await this.#directory.remove();
  }
}
