// What has come on a socket and was not read yet.

import type { LocalSocket, LocalSocketListener } from '../local-socket/socket.ts';

/** With so much unread, no more is taken from the socket. */
const HIGH_WATER_BYTES = 256 * 1024;

export class Inbox implements LocalSocketListener {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #socket: LocalSocket | undefined;
  #end: { readonly error: Error | undefined } | undefined;
  #wake: () => void = () => undefined;

  /** Whose data it gets; it is told to wait when there is too much of it. */
  attach(socket: LocalSocket): void {
    this.#socket = socket;
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  data(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= HIGH_WATER_BYTES) this.#socket?.pause();
    this.#wake();
  }

  /** Only the first end counts: a broken connection may be told more than once, and the first time tells most. */
  end(error?: Error): void {
    this.#end ??= { error };
    this.#wake();
  }

  /** What came first. `undefined` when nothing is here. */
  take(): Uint8Array | undefined {
    const bytes = this.#chunks.shift();
    if (!bytes) return undefined;
    this.#size -= bytes.length;
    if (this.#size < HIGH_WATER_BYTES) this.#socket?.resume();
    return bytes;
  }

  /** As `take`, once something is here; `undefined` at the end. Throws what the connection broke with. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.take();
      if (bytes) return bytes;
      if (this.#end?.error) throw this.#end.error;
      if (this.#end) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
