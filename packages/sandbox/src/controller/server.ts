// Serves the controller's API on its socket, which only the sandbox's owner can reach.

import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import { received, send, type Request } from './protocol.ts';

/** Answers one request; `emit` reports progress, and the signal aborts when the client goes away. */
export type Handler = (params: never, emit: (event: unknown) => void, signal: AbortSignal) => Promise<unknown>;

/** The socket's directory has to be private, see `makePrivate`. */
export async function serve(path: string, handlers: Readonly<Record<string, Handler>>): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer((socket) => void answer(socket, handlers));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return server;
}

/**
 * Creates a directory that only this user can reach.
 *
 * @throws OpsError `unsafe-directory` when there is one that others can reach.
 */
export function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new OpsError(
      'unsafe-directory',
      `cannot use ${directory}: others can reach it; remove it or set its mode to 700, and try again`,
    );
  }
}

async function answer(socket: Socket, handlers: Readonly<Record<string, Handler>>): Promise<void> {
  const gone = new AbortController();
  socket.on('close', () => gone.abort()).on('error', () => gone.abort());
  try {
    for await (const { method, params } of received<Request>(socket)) {
      const handler = handlers[method];
      if (handler === undefined)
        throw new OpsError('unknown-method', `cannot ${method}: the controller is of another version`);
      send(socket, { result: await handler(params as never, (event) => send(socket, { event }), gone.signal) });
      break;
    }
  } catch (error) {
    const code = error instanceof OpsError ? error.code : 'internal';
    send(socket, { error: { code, message: reasonOf(error) } });
  } finally {
    socket.end();
  }
}
