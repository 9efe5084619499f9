// One request to Pebble's JSON API, and the checks on its answer.

import { PebbleAPIError, PebbleProtocolError } from './errors.ts';
import { readText } from './body.ts';
import { fields, type Fields } from './fields.ts';
import type { PebbleRequest, PebbleResponse, PebbleTransport } from './transport.ts';

export interface Answer {
  readonly result: unknown;
  /** Id of the change that does the work, if Pebble goes on after the answer. */
  readonly change: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

export function get(transport: PebbleTransport, path: string, options: CallOptions = {}): Promise<Answer> {
  return call(transport, { method: 'GET', path, ...options });
}

export function post(
  transport: PebbleTransport,
  path: string,
  payload: Fields,
  options: CallOptions = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(transport, { method: 'POST', path, headers, body: JSON.stringify(payload), ...options });
}

async function call(transport: PebbleTransport, request: PebbleRequest): Promise<Answer> {
  const response = await transport.request(request);
  return answerFrom(response, `${request.method} ${request.path}`);
}

/** @throws PebbleAPIError for an error, PebbleProtocolError for what is not an answer of Pebble. */
export async function answerFrom(response: PebbleResponse, request: string): Promise<Answer> {
  requireType(response, 'application/json', request);
  const body = await readJson(response, request);
  if (body.type === 'error' || response.status >= 400) {
    const { message } = fields(body.result ?? {}, request);
    const text = typeof message === 'string' ? message : response.statusText;
    throw new PebbleAPIError({ request, status: response.status, message: text, body });
  }
  return { result: body.result, change: typeof body.change === 'string' ? body.change : '' };
}

export function requireType(response: PebbleResponse, type: string, request: string): void {
  const actual = response.headers['content-type'] ?? 'no content type';
  if (actual.split(';', 1)[0]?.trim().toLowerCase() === type) return;
  throw new PebbleProtocolError(`cannot ${request}: Pebble answered with ${actual}, expected ${type}`);
}

async function readJson(response: PebbleResponse, request: string): Promise<Fields> {
  const text = await readText(response.body);
  try {
    return fields(JSON.parse(text), request);
  } catch (error) {
    throw new PebbleProtocolError(`cannot ${request}: Pebble's answer is not JSON: ${text.slice(0, 100)}`, {
      cause: error,
    });
  }
}
