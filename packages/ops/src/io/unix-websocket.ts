// One websocket to Pebble over its unix socket. `ws` is loaded here, on the first exec of a dispatch.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { reasonOf } from '../errors.ts';
import { PebbleConnectionError } from '../pebble/errors.ts';
import type { PebbleSocket } from '../pebble/transport.ts';

/** How long Pebble itself waits for the streams of an exec. */
const CONNECT_TIMEOUT_MS = 5000;
const HIGH_WATER_BYTES = 1024 * 1024;

export async function openWebSocket(socketPath: string, path: string, signal?: AbortSignal): Promise<PebbleSocket> {
  const socket = new WebSocket(`ws+unix:${socketPath}:${path}`, {
    handshakeTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false,
  });
  const queue = new MessageQueue(socket);
  signal?.addEventListener('abort', () => socket.terminate(), { once: true });
  try {
    await once(socket, 'open');
  } catch (error) {
    throw new PebbleConnectionError(`cannot open ${path}: ${reasonOf(error)}`, { cause: error });
  }
  socket.on('error', () => socket.terminate());
  return {
    send: (data) => send(socket, data),
    messages: () => queue.read(),
    close: () => socket.close(),
  };
}

function send(socket: WebSocket, data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(data, (error) => (error ? reject(error) : resolve()));
  });
}

// Holds what has come and was not read yet; the socket is paused while that is much.
class MessageQueue {
  readonly #socket: WebSocket;
  readonly #messages: (Uint8Array | string)[] = [];
  #bytes = 0;
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#messages.push(isBinary ? data : data.toString());
      this.#bytes += data.length;
      if (this.#bytes > HIGH_WATER_BYTES) socket.pause();
      this.#wake();
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  async *read(): AsyncGenerator<Uint8Array | string> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        this.#bytes -= message.length;
        if (this.#bytes <= HIGH_WATER_BYTES) this.#socket.resume();
        yield message;
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
