// Reads a multipart body as a stream of parts (RFC 2046, as Go's mime/multipart writes it). Strict and bounded: the headers of a part
// may have 16 KiB, and no more than a chunk of its content is held.

import { PebbleProtocolError } from './errors.ts';

export interface Part {
  /** `name` of the content disposition. */
  readonly name: string;
  /** To be read to its end before the next part is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const CR = 13;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const LAST = Buffer.from('--');

/** `contentType` names the boundary. @throws PebbleProtocolError when the body is not well-formed or ends early. */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  contentType: string | undefined,
): AsyncGenerator<Part> {
  const source = new ByteSource(body);
  try {
    const delimiter = Buffer.from(`\r\n--${boundaryIn(contentType)}`);
    const start = await source.take(delimiter.length - LINE_END.length);
    if (!start.equals(delimiter.subarray(LINE_END.length))) throw malformed('it does not begin with its boundary');
    while (!(await isLast(source))) {
      const name = nameIn(await source.takeUntil(HEADERS_END, MAX_HEADER_BYTES));
      yield { name, content: source.streamUntil(delimiter) };
    }
    await source.expectEnd();
  } finally {
    await source.close();
  }
}

function boundaryIn(contentType: string | undefined): string {
  const match = /^multipart\/form-data; *boundary=(?:"([^"\\\r\n]{1,70})"|([^\s";,]{1,70}))$/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (boundary) return boundary;
  throw malformed(`its content type is ${contentType ?? 'missing'}`);
}

// After a boundary, `--` ends the body and a line end begins another part.
async function isLast(source: ByteSource): Promise<boolean> {
  const next = await source.take(2);
  if (next.equals(LAST)) return true;
  if (next.equals(LINE_END)) return false;
  throw malformed('there is more on the line of a boundary');
}

function nameIn(headers: Buffer): string {
  const lines = headers.toString().split('\r\n');
  if (!lines.every((line) => /^[!#-'*+.^-z|~\w-]+:/.test(line))) throw malformed('a part has bad headers');
  const disposition = lines.find((line) => /^content-disposition:/i.test(line)) ?? '';
  const name = /^[^:]*: *form-data; *name="([^"\\]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw malformed('a part has no name');
  return name;
}

function malformed(reason: string): PebbleProtocolError {
  return new PebbleProtocolError(`cannot read Pebble's multipart answer: ${reason}`);
}

class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more();
    return this.#cut(count);
  }

  /** The bytes before the pattern, which is consumed too. */
  async takeUntil(pattern: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const index = this.#buffer.indexOf(pattern);
      if (index > limit || (index === -1 && this.#buffer.length > limit)) {
        throw malformed(`a part has more than ${limit} bytes of headers`);
      }
      if (index !== -1) return this.#cut(index + pattern.length).subarray(0, index);
      await this.#more();
    }
  }

  /** As `takeUntil`, in chunks and without a limit. */
  async *streamUntil(pattern: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const index = this.#buffer.indexOf(pattern);
      if (index !== -1) {
        const last = this.#cut(index + pattern.length).subarray(0, index);
        if (index > 0) yield last;
        return;
      }
      const sure = this.#buffer.length - beginningAtEnd(this.#buffer, pattern);
      if (sure > 0) yield this.#cut(sure);
      await this.#more();
    }
  }

  /** Go ends the line of the last boundary; nothing follows it. */
  async expectEnd(): Promise<void> {
    while (LINE_END.subarray(0, this.#buffer.length).equals(this.#buffer)) {
      const next = await this.#chunks.next();
      if (next.done) return;
      this.#buffer = Buffer.concat([this.#buffer, next.value]);
    }
    throw malformed('it goes on after its last boundary');
  }

  /** Gives up what was not read. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #cut(count: number): Buffer {
    const bytes = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return bytes;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) throw malformed('it ends in the middle');
    const { buffer, byteOffset, byteLength } = next.value;
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
  }
}

// How many of the last bytes may be the beginning of the pattern, which a later chunk would complete.
function beginningAtEnd(bytes: Buffer, pattern: Buffer): number {
  let at = bytes.indexOf(CR, Math.max(0, bytes.length - pattern.length + 1));
  while (at !== -1 && !bytes.subarray(at).equals(pattern.subarray(0, bytes.length - at)))
    at = bytes.indexOf(CR, at + 1);
  return at === -1 ? 0 : bytes.length - at;
}
