// The two ends of a websocket that never leaves this process.

import { PebbleConnectionError, type PebbleSocket } from '@charmed/ops/pebble';
import type { ExecSocket } from '../engine/execution.ts';

type Message = Uint8Array | string;

/** Messages on their way in one direction. */
class Lane {
  readonly #messages: Message[] = [];
  #isClosed = false;
  #wake: () => void = () => undefined;

  push(message: Message): boolean {
    if (this.#isClosed) return false;
    // The sender may use its bytes again.
    this.#messages.push(typeof message === 'string' ? message : Uint8Array.from(message));
    this.#wake();
    return true;
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async *messages(): AsyncGenerator<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) yield message;
      else if (this.#isClosed) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

export function socketPair(): { readonly client: PebbleSocket; readonly server: ExecSocket } {
  const [toServer, toClient] = [new Lane(), new Lane()];
  let isBroken = false;
  const close = () => {
    toServer.close();
    toClient.close();
  };
  const sender = (lane: Lane) => async (data: Message) => {
    if (!lane.push(data)) throw new PebbleConnectionError('cannot write to a command: it has ended');
  };
  return {
    client: {
      send: sender(toServer),
      messages: () => toClient.messages(),
      close: () => {
        isBroken = true;
        close();
      },
    },
    server: {
      send: sender(toClient),
      messages: () => toServer.messages(),
      get isBroken() {
        return isBroken;
      },
      close,
    },
  };
}
