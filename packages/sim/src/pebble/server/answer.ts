// What comes in and goes out, and the JSON in which Pebble answers (canonical/pebble docs/reference/api.md; internals/daemon/response.go).

import { STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { LayerError, reasonOf } from '@charmed/ops/internal';
import { PebbleError } from '../engine/errors.ts';

/** What the API needs of a request; an `IncomingMessage` is one. */
export interface ApiIncoming extends Readable {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** What the API needs of a response; a `ServerResponse` is one. */
export interface ApiResponse extends Writable {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): unknown;
  flushHeaders(): void;
}

export interface Answer {
  readonly type: 'sync' | 'async' | 'error';
  readonly status: number;
  readonly change?: string;
  readonly result: unknown;
}

export function syncAnswer(result: unknown): Answer {
  return { type: 'sync', status: 200, result };
}

/** `change` is where the outcome will be found. */
export function asyncAnswer(change: string, result: unknown = null): Answer {
  return { type: 'async', status: 202, change, result };
}

export function errorAnswer(error: unknown): Answer {
  return { type: 'error', status: statusOf(error), result: errorResult(error) };
}

function statusOf(error: unknown): number {
  if (error instanceof LayerError) return 400;
  return error instanceof PebbleError ? error.status : 500;
}

/** What an answer says about one error. */
export function errorResult(error: unknown): object {
  const kind = error instanceof PebbleError ? error.kind : undefined;
  return { message: reasonOf(error), ...(kind !== undefined && { kind }) };
}

export function encodeAnswer({ type, status, change, result }: Answer): string {
  return JSON.stringify({ type, 'status-code': status, status: STATUS_CODES[status], change, result });
}

export function sendAnswer(response: ApiResponse, answer: Answer): void {
  const body = encodeAnswer(answer);
  response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
