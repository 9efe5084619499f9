// Reads a multipart body as a stream: each part's headers, then its content in chunks, never more than a few kilobytes held.
// Strict (RFC 2046, as Go writes it) and bounded, since it comes from the workload's side.

import { PebbleProtocolError } from './errors.ts';

export interface Part {
  /** `name` of the content disposition. */
  readonly name: string;
  readonly filename: string;
  /** Must be read before the next part is asked for; what is left of it is skipped. */
  readonly content: AsyncIterable<Uint8Array>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const CRLF = new Uint8Array([13, 10]);
const HEADERS_END = new Uint8Array([13, 10, 13, 10]);

/** @throws PebbleProtocolError when the content type names no boundary. */
export function boundaryOf(contentType: string | undefined): string {
  const match = /^multipart\/form-data\s*;.*\bboundary="?([^";]{1,200})"?/i.exec(contentType ?? '');
  if (match?.[1]) return match[1];
  throw new PebbleProtocolError(`cannot read multipart answer: content type is ${contentType ?? 'missing'}`);
}

/** @throws PebbleProtocolError when the body is not well-formed or ends early. */
export async function* readParts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = new ByteSource(body);
  const encoder = new TextEncoder();
  await source.expect(encoder.encode(`--${boundary}`));
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  while (!(await isLast(source))) {
    const headers = parseHeaders(await source.takeUntil(HEADERS_END, MAX_HEADER_BYTES));
    const content = source.streamUntil(delimiter);
    yield { ...headers, content: { [Symbol.asyncIterator]: () => content } };
    await skip(content);
  }
}

// What the reader of the part has left.
async function skip(content: AsyncIterator<Uint8Array>): Promise<void> {
  while (!(await content.next()).done);
}

// After a boundary: `--` ends the body, a line end begins another part.
async function isLast(source: ByteSource): Promise<boolean> {
  const next = await source.take(2);
  if (next[0] === 45 && next[1] === 45) return true;
  if (next[0] === CRLF[0] && next[1] === CRLF[1]) return false;
  throw new PebbleProtocolError('cannot read multipart answer: a boundary is not followed by a line end');
}

function parseHeaders(bytes: Uint8Array): { readonly name: string; readonly filename: string } {
  const text = new TextDecoder().decode(bytes);
  const disposition = text.split('\r\n').find((line) => /^content-disposition:/i.test(line)) ?? '';
  const parameter = (key: string) =>
    new RegExp(`[;\\s]${key}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1] ?? '';
  return { name: parameter('name'), filename: parameter('filename').replaceAll(/\\(.)/g, '$1') };
}

// A stream of bytes that can be read up to a pattern.
class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array();

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Uint8Array> {
    while (this.#buffer.length < count) await this.#more();
    return this.#cut(count);
  }

  async expect(bytes: Uint8Array): Promise<void> {
    const actual = await this.take(bytes.length);
    if (indexOf(actual, bytes) === 0) return;
    throw new PebbleProtocolError('cannot read multipart answer: it does not begin with its boundary');
  }

  /** The bytes before the pattern; the pattern is consumed. */
  async takeUntil(pattern: Uint8Array, limit: number): Promise<Uint8Array> {
    for (;;) {
      const index = indexOf(this.#buffer, pattern);
      if (index >= 0) {
        const bytes = this.#cut(index);
        this.#cut(pattern.length);
        return bytes;
      }
      if (this.#buffer.length > limit) {
        throw new PebbleProtocolError(`cannot read multipart answer: headers of more than ${limit} bytes`);
      }
      await this.#more();
    }
  }

  /** As `takeUntil`, in chunks. A pattern may lie across two of them, so its length is held back. */
  async *streamUntil(pattern: Uint8Array): AsyncGenerator<Uint8Array> {
    for (;;) {
      const index = indexOf(this.#buffer, pattern);
      if (index >= 0) {
        if (index > 0) yield this.#cut(index);
        this.#cut(pattern.length);
        return;
      }
      const safe = this.#buffer.length - pattern.length + 1;
      if (safe > 0) yield this.#cut(safe);
      await this.#more();
    }
  }

  #cut(count: number): Uint8Array {
    const bytes = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return bytes;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) throw new PebbleProtocolError('cannot read multipart answer: it ends in the middle');
    const joined = new Uint8Array(this.#buffer.length + next.value.length);
    joined.set(this.#buffer);
    joined.set(next.value, this.#buffer.length);
    this.#buffer = joined;
  }
}

function indexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  const [first = -1] = pattern;
  for (let start = bytes.indexOf(first); start >= 0; start = bytes.indexOf(first, start + 1)) {
    if (start + pattern.length > bytes.length) return -1;
    if (pattern.every((byte, offset) => bytes[start + offset] === byte)) return start;
  }
  return -1;
}
