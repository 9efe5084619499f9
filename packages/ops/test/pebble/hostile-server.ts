// A server on a unix socket that answers with whatever bytes a test wants, and a count of what this process holds open.

import { once } from 'node:events';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as macrotask } from 'node:timers/promises';

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

/** Resolves when this process holds no more files and sockets than `before`; never, if it does not come to that. */
export async function noMoreOpenThan(before: number): Promise<void> {
  while (openFiles() > before) await macrotask();
}

export function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => isSocketOrFile(fd)).length;
}

function isSocketOrFile(fd: string): boolean {
  try {
    return /^(?:socket:|\/tmp)/.test(readlinkSync(`/proc/self/fd/${fd}`));
  } catch {
    return false;
  }
}
