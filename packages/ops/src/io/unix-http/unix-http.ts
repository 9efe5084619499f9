// Pebble's HTTP over a unix socket, without `node:http`: loading that takes a dispatch longer than most requests do, and so does each
// connection that a request has for itself.

import type { PebbleResponse, PebbleTransport } from '../../pebble/transport.ts';
import { Exchange, type TimedRequest } from './exchange.ts';
import { ConnectionPool, wasGone } from './pool.ts';
import { streamOf } from './request-bytes.ts';
import { openWebSocket } from './websocket.ts';

const DEFAULT_TIMEOUT_MS = 5000;

export interface UnixHttpOptions {
  /** How long Pebble may be silent, in milliseconds, where a request does not say. Default: 5,000. */
  readonly timeoutMs?: number;
}

/** Nothing is loaded or connected before the first request. Connections stay open for the next ones, up to two seconds. */
export function unixHttpTransport(socketPath: string, options: UnixHttpOptions = {}): PebbleTransport {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const pool = new ConnectionPool(socketPath);
  return {
    request: (request) => send(pool, { ...request, timeoutMs: request.timeoutMs ?? timeoutMs }),
    websocket: (path, signal) => openWebSocket(pool, path, signal),
    close: async () => pool.close(),
  };
}

async function send(pool: ConnectionPool, request: TimedRequest): Promise<PebbleResponse> {
  request.signal?.throwIfAborted();
  // A body that is streamed cannot be sent again.
  const rested = streamOf(request.body) ? undefined : pool.rested();
  try {
    if (rested) return await new Exchange(rested, request).run();
  } catch (error) {
    if (!wasGone(error)) throw error;
  }
  return new Exchange(await pool.connect(`${request.method} ${request.path}`, request.signal), request).run();
}
