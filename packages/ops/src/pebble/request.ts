// One request to Pebble's JSON API, and the checks on its answer.

import { discard, readAnswer } from './body.ts';
import { PebbleAPIError, PebbleProtocolError } from './errors.ts';
import { fieldsOf, optional, textOf, type Fields } from './fields.ts';
import type { PebbleRequest, PebbleResponse, PebbleTransport } from './transport.ts';

export interface Answer {
  readonly result: unknown;
  /** Id of the change that does the work, if Pebble goes on after the answer. */
  readonly change: string | undefined;
}

export type CallOptions = Pick<PebbleRequest, 'signal' | 'timeoutMs'>;

/** @param what for messages: `cannot <what>: ...`. */
export function get(
  transport: PebbleTransport,
  what: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  return call(transport, what, { method: 'GET', path, ...options });
}

export function post(
  transport: PebbleTransport,
  what: string,
  path: string,
  payload: Fields,
  options: CallOptions = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(transport, what, { method: 'POST', path, headers, body: JSON.stringify(payload), ...options });
}

/** A parameter of a query that stands there once for each value. */
export function repeated(name: string, values: readonly string[]): [string, string][] {
  return values.map((value) => [name, value]);
}

async function call(transport: PebbleTransport, what: string, request: PebbleRequest): Promise<Answer> {
  return answerFrom(await transport.request(request), what);
}

/** @throws PebbleAPIError for a refusal, PebbleProtocolError for what is not an answer of Pebble. */
export async function answerFrom(response: PebbleResponse, what: string): Promise<Answer> {
  const type = mediaType(response);
  if (type !== 'application/json') {
    await discard(response.body);
    throw new PebbleProtocolError(
      `cannot ${what}: Pebble answered ${response.status} with ${type || 'no content type'}, expected JSON`,
    );
  }
  const body = parseFields(await readAnswer(response.body), what);
  // Health is told by status 502 in an answer that is no error.
  if (body.type === 'error' || (response.status >= 400 && body.type !== 'sync')) throw refusal(response, body, what);
  return { result: body.result, change: optional(body.change, textOf) };
}

export function mediaType(response: PebbleResponse): string {
  const [type = ''] = (response.headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase();
}

export function parseFields(text: string, what: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, 100));
    throw new PebbleProtocolError(`cannot ${what}: Pebble's answer is no JSON mapping: ${start}`, { cause });
  }
}

function refusal({ status, statusText }: PebbleResponse, body: Fields, what: string): PebbleAPIError {
  const { message } = typeof body.result === 'object' ? ((body.result ?? {}) as Fields) : {};
  return new PebbleAPIError({
    what,
    status,
    statusText,
    message: typeof message === 'string' && message ? message : statusText,
    body,
  });
}
