// The socket to the unit agent by `node:net`.

import { connect } from 'node:net';
import type { AgentSocket, AgentSocketListener } from './socket.ts';

export async function openNetSocket(path: string, listener: AgentSocketListener): Promise<AgentSocket> {
  const socket = connect({ path });
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve);
  socket.once('error', reject);
  await connected;
  socket.off('error', reject);

  let isOver = false;
  const end = (error?: Error) => {
    if (!isOver) listener.end(error);
    isOver = true;
  };
  socket.on('data', (bytes) => listener.data(bytes));
  socket.on('error', end);
  socket.on('end', () => end());
  socket.on('close', () => end());
  return {
    write: (bytes) => void socket.write(bytes),
    ref: () => void socket.ref(),
    unref: () => void socket.unref(),
    close: async () => {
      isOver = true;
      if (socket.closed) return;
      socket.ref();
      const closed = new Promise((done) => socket.once('close', done));
      socket.destroy();
      await closed;
    },
  };
}
