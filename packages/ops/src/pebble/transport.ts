// The port through which the Pebble client talks HTTP. `io/unix-http` implements it over a unix socket; simulations in memory.

export interface PebbleRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, such as `/v1/services?names=web`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /**
   * Gives up after so many milliseconds in which Pebble takes nothing of the body, does not begin to answer, or sends no more of its
   * answer. `Infinity` never does. Default: 5,000.
   */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PebbleResponse {
  readonly status: number;
  /** The reason phrase, such as `Not Found`. */
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** To be read once. `return()` of its iterator gives the connection up, also before the first `next()`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** One websocket of an exec. */
export interface PebbleSocket {
  /** Resolves when the message is on its way, which is how a slow reader holds us up. Rejects when the socket is closed. */
  send(data: Uint8Array | string): Promise<void>;
  /** Binary frames as bytes, text frames as strings, in order. Ends when either side closes; may be iterated again to go on. */
  messages(): AsyncIterable<Uint8Array | string>;
  close(): void;
}

/**
 * Failures are a `PebbleConnectionError` when nothing answers on the socket or the connection breaks, a `PebbleTimeoutError`, a
 * `PebbleProtocolError` for what is not HTTP, and the reason of an aborted signal.
 */
export interface PebbleTransport {
  request(request: PebbleRequest): Promise<PebbleResponse>;
  /** The signal counts until the socket is open. */
  websocket(path: string, signal?: AbortSignal): Promise<PebbleSocket>;
  /** Ends all that is still open. */
  close(): Promise<void>;
}
