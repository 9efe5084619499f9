// A server on a unix socket that answers with whatever bytes a test wants.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Called once the head of a request is there; `head` begins with its method and path. */
export type Answerer = (socket: Socket, head: string) => void;

export interface HostileServer {
  readonly socketPath: string;
  close(): Promise<void>;
}

export async function hostileServer(answer: Answerer): Promise<HostileServer> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-hostile-'));
  const socketPath = join(directory, 'pebble.socket');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    let head = '';
    const collect = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', collect).pause();
      answer(socket, head);
    };
    socket.on('data', collect);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    socketPath,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function json(value: unknown, status = '200 OK'): string {
  return http(JSON.stringify(value), { status });
}

export function http(
  body: string,
  { status = '200 OK', type = 'application/json' }: { status?: string; type?: string } = {},
): string {
  const head = [`HTTP/1.1 ${status}`, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`];
  return `${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
}
