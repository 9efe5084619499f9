// Reads a multipart body as a stream of parts (RFC 2046, as Go's mime/multipart writes it). Strict and bounded: the headers of a part
// may have 16 KiB, and no more than a chunk of its content is held.

import { ByteSource } from './byte-source.ts';
import { PebbleProtocolError } from './errors.ts';

export interface Part {
  /** `name` of the content disposition. */
  readonly name: string;
  /** To be read to its end before the next part is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const LAST = Buffer.from('--');

/** `contentType` names the boundary. @throws PebbleProtocolError when the body is not well-formed or ends early. */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  contentType: string | undefined,
): AsyncGenerator<Part> {
  const source = new ByteSource(body[Symbol.asyncIterator](), {
    ended: () => malformed('it ends in the middle'),
    tooLong: (limit) => malformed(`a part has more than ${limit} bytes of headers`),
  });
  try {
    const delimiter = Buffer.from(`\r\n--${boundaryIn(contentType)}`);
    const start = await source.take(delimiter.length - LINE_END.length);
    if (!start.equals(delimiter.subarray(LINE_END.length))) throw malformed('it does not begin with its boundary');
    while (!(await isLast(source))) {
      const name = nameIn(await source.takeUntil(HEADERS_END, MAX_HEADER_BYTES));
      yield { name, content: source.streamUntil(delimiter) };
    }
    await expectEnd(source);
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

// Go ends the line of the last boundary; nothing follows it.
async function expectEnd(source: ByteSource): Promise<void> {
  let after = '';
  for await (const bytes of source.rest()) {
    after += Buffer.from(bytes).toString('latin1');
    if (!'\r\n'.startsWith(after)) throw malformed('it goes on after its last boundary');
  }
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
