// One connection to Pebble, for one request after the other.

import { PebbleConnectionError } from '../../pebble/errors.ts';
import { openLocalSocket } from '../local-socket/open-socket.ts';
import type { LocalSocket } from '../local-socket/socket.ts';
import { Inbox } from './inbox.ts';

export class HttpConnection {
  readonly socketPath: string;
  readonly inbox: Inbox = new Inbox();
  readonly #onRest: (connection: HttpConnection) => void;
  readonly #onClose: (connection: HttpConnection) => void;
  #socket: LocalSocket | undefined;
  #isBusy = true;
  #isClosed = false;

  private constructor(socketPath: string, { onRest, onClose }: ConnectionListener) {
    this.socketPath = socketPath;
    this.#onRest = onRest;
    this.#onClose = onClose;
  }

  /** @throws Error with the `code` of the system. */
  static async open(socketPath: string, listener: ConnectionListener): Promise<HttpConnection> {
    const connection = new HttpConnection(socketPath, listener);
    connection.#socket = await openLocalSocket(socketPath, {
      data: (bytes) => connection.inbox.data(bytes),
      end: (error) => connection.#end(error),
    });
    connection.inbox.attach(connection.#socket);
    return connection;
  }

  /** Whether Pebble has closed it, or has sent what nobody asked for. */
  get isStale(): boolean {
    return this.#isClosed || this.inbox.hasEnded || !this.inbox.isEmpty;
  }

  /** Whether nothing can be sent any more. */
  get isOver(): boolean {
    return this.#socket?.isOver ?? true;
  }

  /** A promise when Pebble does not take all of it yet. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    return this.#socket?.write(bytes);
  }

  /** Begins with another request. */
  take(): void {
    this.#isBusy = true;
    this.#socket?.ref();
  }

  /** Ends with a request, and is there for another one; it does not keep the process alive. */
  rest(): void {
    this.#isBusy = false;
    if (this.isStale) return this.close();
    this.#socket?.unref();
    this.#onRest(this);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.inbox.end(new PebbleConnectionError('cannot hear from Pebble: the connection to it was closed'));
    void this.#socket?.close();
    this.#onClose(this);
  }

  #end(error: Error | undefined): void {
    this.inbox.end(error);
    if (!this.#isBusy) this.close();
  }
}

export interface ConnectionListener {
  readonly onRest: (connection: HttpConnection) => void;
  readonly onClose: (connection: HttpConnection) => void;
}
