// What services have written, and write: JSON lines that may come for as long as one listens.

import { PebbleProtocolError } from './errors.ts';
import { textOf, timeOf } from './fields.ts';
import { answerFrom, parseFields, repeated } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface LogEntry {
  readonly time: Date;
  readonly service: string;
  /** One line, without its end. */
  readonly message: string;
}

export interface LogOptions {
  /** Default: all. */
  readonly services?: readonly string[] | undefined;
  /** How many of the latest lines; `Infinity` for all that Pebble has kept. Default: 30, and none when following. */
  readonly count?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Pebble cuts lines at 4 KiB; in JSON each byte may take six. */
const MAX_LINE = 64 * 1024;

export async function* readLogs(
  transport: PebbleTransport,
  options: LogOptions,
  follow: boolean,
): AsyncGenerator<LogEntry> {
  const { services = [], count, signal } = options;
  const query = new URLSearchParams(repeated('services', services));
  if (count !== undefined) query.set('n', String(count === Infinity ? -1 : count));
  if (follow) query.set('follow', 'true');
  const what = follow ? 'follow logs' : 'get logs';
  const path = `/v1/logs?${query.toString()}`;
  // Services may be silent for as long as they like.
  const timeoutMs = follow ? Infinity : undefined;
  const response = await transport.request({ method: 'GET', path, signal, timeoutMs });
  if (response.status !== 200) {
    await answerFrom(response, what);
    throw new PebbleProtocolError(`cannot ${what}: Pebble answered ${response.status}`);
  }
  for await (const line of linesOf(response.body, what)) yield entryFrom(line, what);
}

async function* linesOf(body: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new PebbleProtocolError(`cannot ${what}: a line is longer than Pebble makes any`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function entryFrom(line: string, what: string): LogEntry {
  const { time, service, message } = parseFields(line, what);
  return { time: timeOf(time), service: textOf(service), message: textOf(message) };
}
