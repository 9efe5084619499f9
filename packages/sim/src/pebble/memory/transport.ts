// Pebble's API without a socket: requests and answers as objects, to the same routes that the server has. While somebody waits for an answer,
// time passes.

import { PassThrough, Readable } from 'node:stream';
import { setImmediate as macrotask } from 'node:timers/promises';
import { reasonOf } from '@charmed/ops/internal';
import {
  PebbleConnectionError,
  type PebbleRequest,
  type PebbleResponse,
  type PebbleSocket,
  type PebbleTransport,
} from '@charmed/ops/pebble';
import type { Engine } from '../engine/engine.ts';
import type { ApiIncoming, ApiResponse } from '../server/answer.ts';
import { executionAt } from '../server/exec.ts';
import { type Route, dispatch } from '../server/router.ts';
import { socketPair } from './sockets.ts';

export interface MemoryTransportOptions {
  readonly engine: Engine;
  readonly routes: readonly Route[];
  /** Lets time pass to what comes next; does nothing while something goes on that takes none. */
  readonly passTime: () => void;
}

export function memoryTransport({ engine, routes, passTime }: MemoryTransportOptions): PebbleTransport {
  return {
    async request(request) {
      const { signal } = request;
      signal?.throwIfAborted();
      const incoming = incomingOf(request);
      const response = new MemoryResponse();
      const abort = () => response.destroy(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      void dispatch(routes, incoming, response, engine.identities);
      await answered(response, passTime);
      signal?.throwIfAborted();
      return response.answer();
    },
    async websocket(path, signal): Promise<PebbleSocket> {
      signal?.throwIfAborted();
      const { client, server } = socketPair();
      try {
        const { execution, name } = executionAt(engine, path);
        execution.connect(name, server);
      } catch (cause) {
        throw new PebbleConnectionError(`cannot open ${path}: ${reasonOf(cause)}`, { cause });
      }
      return client;
    },
    close: async () => undefined,
  };
}

async function answered(response: MemoryResponse, passTime: () => void): Promise<void> {
  while (!response.headersSent && !response.destroyed) {
    await macrotask();
    if (!response.headersSent && !response.destroyed) passTime();
  }
}

function incomingOf({ method, path, headers = {}, body = '' }: PebbleRequest): ApiIncoming {
  const source = typeof body === 'string' || body instanceof Uint8Array ? [Buffer.from(body)] : body;
  return Object.assign(Readable.from(source, { objectMode: false }), { method, url: path, headers });
}

class MemoryResponse extends PassThrough implements ApiResponse {
  #status = 200;
  #headers: Readonly<Record<string, string>> = {};
  #isSent = false;

  get headersSent(): boolean {
    return this.#isSent;
  }

  writeHead(status: number, headers: Readonly<Record<string, string | number>>): void {
    this.#status = status;
    const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
    this.#headers = Object.fromEntries(entries);
    this.#isSent = true;
  }

  flushHeaders(): void {
    this.#isSent = true;
  }

  answer(): PebbleResponse {
    return { status: this.#status, statusText: '', headers: this.#headers, body: this as AsyncIterable<Uint8Array> };
  }
}
