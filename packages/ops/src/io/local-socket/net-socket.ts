// A unix socket by `node:net`.

import { connect } from 'node:net';
import type { LocalSocket, LocalSocketListener } from './socket.ts';

export async function openNetSocket(path: string, listener: LocalSocketListener): Promise<LocalSocket> {
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
    write: (bytes) => {
      const { promise: gone, resolve: tell } = Promise.withResolvers<void>();
      return socket.write(bytes, () => tell()) ? undefined : gone;
    },
    get isOver() {
      return isOver;
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
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
