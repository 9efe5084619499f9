// One websocket to Pebble over its unix socket. The first one of a dispatch loads `ws`.

import type { WebSocket } from 'ws';
import { PebbleConnectionError } from '../../pebble/errors.ts';
import type { PebbleSocket } from '../../pebble/transport.ts';

/** How long Pebble itself waits for the streams of an exec. */
const CONNECT_TIMEOUT_MS = 5000;
/** Pebble's own messages have up to 128 KiB. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** With so much unread, no more is taken from the socket. */
const HIGH_WATER_BYTES = 1024 * 1024;

export async function openWebSocket(
  socketPath: string,
  path: string,
  open: Set<{ close(): void }>,
  signal?: AbortSignal,
): Promise<PebbleSocket> {
  signal?.throwIfAborted();
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`ws+unix:${socketPath}:${path}`, {
    handshakeTimeout: CONNECT_TIMEOUT_MS,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const connection = { close: () => socket.terminate() };
  open.add(connection);
  socket.once('close', () => open.delete(connection));
  const inbox = new Inbox(socket);
  await opened(socket, path, signal);
  return {
    send: (data) => send(socket, data),
    messages: () => inbox.messages(),
    // No closing handshake: Pebble does not answer it, and ws would wait for 30 s.
    close: () => socket.terminate(),
  };
}

async function opened(socket: WebSocket, path: string, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal?.reason);
  socket.once('open', resolve);
  // Later errors are always followed by a close.
  socket.on('error', (cause) => {
    reject(new PebbleConnectionError(`cannot open ${path}: ${cause.message}`, { cause }));
  });
  signal?.addEventListener('abort', abort);
  try {
    await promise;
  } catch (error) {
    socket.terminate();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function send(socket: WebSocket, data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(data, (cause) => {
      if (cause) reject(new PebbleConnectionError(`cannot write to a command: ${cause.message}`, { cause }));
      else resolve();
    });
  });
}

/** Holds what has come and was not read yet. */
class Inbox {
  readonly #socket: WebSocket;
  readonly #messages: (Uint8Array | string)[] = [];
  #size = 0;
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const message = isBinary ? data : data.toString();
      this.#messages.push(message);
      this.#size += message.length;
      if (this.#size >= HIGH_WATER_BYTES) socket.pause();
      this.#wake();
    });
    socket.once('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  async *messages(): AsyncGenerator<Uint8Array | string> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        this.#size -= message.length;
        if (this.#size < HIGH_WATER_BYTES) this.#socket.resume();
        yield message;
      } else if (this.#isClosed) return;
      else await this.#news();
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
