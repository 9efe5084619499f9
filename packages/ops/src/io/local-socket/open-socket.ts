// Picks the way to a unix socket: on Node's own handle where there is one, since `node:net` and the streams that it loads take five
// milliseconds of each dispatch.

import { openPipeSocket } from './pipe-socket.ts';
import type { LocalSocket, LocalSocketListener } from './socket.ts';

/** @param path of the socket; one that begins with NUL is abstract. @throws Error with the `code` of the system. */
export async function openLocalSocket(path: string, listener: LocalSocketListener): Promise<LocalSocket> {
  if (openPipeSocket) return openPipeSocket(path, listener);
  const { openNetSocket } = await import('./net-socket.ts');
  return openNetSocket(path, listener);
}
