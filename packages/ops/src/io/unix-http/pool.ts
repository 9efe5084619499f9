// The connections to one Pebble. Those that rest are used again, which saves both sides the most part of a small request.

import { codeOf, failureOf } from './failure.ts';
import { HttpConnection } from './connection.ts';

const MAX_RESTING = 4;
/** Servers may close what has rested for five seconds. */
const MAX_REST_MS = 2000;

interface Resting {
  readonly connection: HttpConnection;
  readonly since: number;
}

export class ConnectionPool {
  readonly #socketPath: string;
  readonly #open = new Set<HttpConnection>();
  #resting: readonly Resting[] = [];

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** The connection that has rested the shortest time. */
  rested(): HttpConnection | undefined {
    const last = this.#resting.at(-1);
    if (!last) return undefined;
    const isFresh = !last.connection.isStale && performance.now() - last.since < MAX_REST_MS;
    if (isFresh) this.#resting = this.#resting.slice(0, -1);
    else for (const { connection } of this.#resting) connection.close();
    return isFresh ? last.connection : undefined;
  }

  /** @param what the connection is for, as messages name it. @throws PebbleConnectionError, or the reason of the signal. */
  async connect(what: string, signal: AbortSignal | undefined): Promise<HttpConnection> {
    const connection = await this.#connect(what);
    this.#open.add(connection);
    if (signal?.aborted) connection.close();
    signal?.throwIfAborted();
    return connection;
  }

  close(): void {
    for (const connection of this.#open) connection.close();
  }

  async #connect(what: string): Promise<HttpConnection> {
    try {
      return await HttpConnection.open(this.#socketPath, {
        onRest: (rested) => this.#rest(rested),
        onClose: (closed) => this.#forget(closed),
      });
    } catch (error) {
      throw failureOf(error, what, this.#socketPath);
    }
  }

  #rest(connection: HttpConnection): void {
    if (this.#resting.length >= MAX_RESTING) return connection.close();
    this.#resting = [...this.#resting, { connection, since: performance.now() }];
  }

  #forget(closed: HttpConnection): void {
    this.#open.delete(closed);
    this.#resting = this.#resting.filter(({ connection }) => connection !== closed);
  }
}

/** Whether Pebble had closed the connection before it got the request, which can then be sent again. */
export function wasGone(error: unknown): boolean {
  return error instanceof Error && codeOf(error.cause) === 'EPIPE';
}
