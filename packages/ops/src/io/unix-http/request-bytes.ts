// How a request to Pebble is written (RFC 9112).

import { PebbleError } from '../../pebble/errors.ts';
import type { PebbleRequest } from '../../pebble/transport.ts';

/** A body that comes piece by piece, and can be sent only once. */
export type StreamedBody = AsyncIterable<Uint8Array>;

/** Up to so many bytes, a body goes in one piece with its head. */
const ONE_PIECE_BYTES = 64 * 1024;

/** What is there of the request: all of it, or the head of one whose body is streamed. @throws PebbleError `invalid-request`. */
export function requestBytes(request: PebbleRequest): readonly Uint8Array[] {
  const { method, path, body } = request;
  const isStreamed = streamOf(body) !== undefined;
  const content = typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : Buffer.alloc(0);
  const length = isStreamed ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(content.length) };
  const headers = { host: 'localhost', ...request.headers, ...(method === 'POST' && length) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const isSound = /^[!-~]+$/.test(path) && lines.every((line) => /^[\w-]+: [\t\x20-\x7e\x80-\xff]*\r\n$/.test(line));
  if (!isSound) {
    const reason = 'its path or a header has characters that HTTP does not allow';
    throw new PebbleError('invalid-request', `cannot send ${method} ${JSON.stringify(path)}: ${reason}`);
  }
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  if (content.length === 0) return [head];
  return content.length > ONE_PIECE_BYTES ? [head, content] : [Buffer.concat([head, content])];
}

/** A body that is not there as a whole. */
export function streamOf(body: PebbleRequest['body']): StreamedBody | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array ? undefined : body;
}

/** What comes before a chunk of a streamed body; after the last one, before nothing. */
export function chunkHead(size: number, isFirst: boolean): Uint8Array {
  const end = isFirst ? '' : '\r\n';
  return Buffer.from(`${end}${size.toString(16)}\r\n${size === 0 ? '\r\n' : ''}`);
}
