// A websocket of an exec, as the engine sees it.

import type { WebSocket } from 'ws';
import type { ExecSocket } from '../engine/execution.ts';

// What the `ws` package reports for a connection that ended without a goodbye.
const abnormalClosure = 1006;

export class WsExecSocket implements ExecSocket {
  readonly #websocket: WebSocket;
  readonly #received: (Uint8Array | string)[] = [];
  #closeCode: number | undefined;
  #wake: () => void = () => undefined;

  constructor(websocket: WebSocket) {
    this.#websocket = websocket;
    websocket.pause();
    websocket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#received.push(isBinary ? data : data.toString());
      websocket.pause();
      this.#wake();
    });
    websocket.on('close', (code) => {
      this.#closeCode = code;
      this.#wake();
    });
    // A close follows.
    websocket.on('error', () => undefined);
  }

  get isBroken(): boolean {
    return this.#closeCode === abnormalClosure;
  }

  async send(data: Uint8Array | string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#websocket.send(data, (error) => (error ? reject(error) : resolve()));
    await promise;
  }

  async *messages(): AsyncGenerator<Uint8Array | string> {
    for (;;) {
      const message = this.#received.shift();
      if (message !== undefined) yield message;
      else if (this.#closeCode !== undefined) return;
      else await this.#more();
    }
  }

  close(): void {
    this.#websocket.resume();
    this.#websocket.close();
  }

  async #more(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    this.#websocket.resume();
    await promise;
  }
}
