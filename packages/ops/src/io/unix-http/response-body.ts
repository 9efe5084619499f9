// The body of an answer of Pebble, out of the bytes of its connection.

import { PebbleProtocolError } from '../../pebble/errors.ts';
import type { ByteSource } from '../../pebble/byte-source.ts';
import type { ResponseHead } from './response-head.ts';

const LINE_END = Buffer.from('\r\n');
const MAX_LINE_BYTES = 1024;
const MAX_TRAILERS = 100;

/** Bytes of the body as they come. @throws PebbleProtocolError when it is not HTTP. */
export async function* bodyOf(source: ByteSource, length: ResponseHead['length']): AsyncGenerator<Uint8Array> {
  if (length === 'until-close') yield* source.rest();
  else if (length === 'chunked') yield* chunksOf(source);
  else yield* source.stream(length);
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let size = await sizeOfNext(source); size > 0; size = await sizeOfNext(source)) {
    yield* source.stream(size);
    if (!(await source.take(LINE_END.length)).equals(LINE_END)) throw notChunked();
  }
  for (let trailers = 0; trailers < MAX_TRAILERS; trailers += 1) {
    if ((await source.takeUntil(LINE_END, MAX_LINE_BYTES)).length === 0) return;
  }
  throw notChunked();
}

async function sizeOfNext(source: ByteSource): Promise<number> {
  const line = (await source.takeUntil(LINE_END, MAX_LINE_BYTES)).toString('latin1');
  const [, digits] = /^([\da-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
  if (digits === undefined) throw notChunked();
  return Number.parseInt(digits, 16);
}

function notChunked(): PebbleProtocolError {
  return new PebbleProtocolError("cannot read Pebble's answer: its body is not HTTP, by the chunks that it is sent in");
}
