// Reads bodies, within bounds where Pebble's answers have them.

import { PebbleProtocolError } from './errors.ts';

/** No JSON answer of Pebble comes near either. */
const ANSWER_BOUNDS = { bytes: 16 * 1024 * 1024, ms: 30_000 };

/** @throws PebbleProtocolError when it is longer than any answer of Pebble, or comes drop by drop. */
export async function readAnswer(body: AsyncIterable<Uint8Array>, bounds: Bounds = ANSWER_BOUNDS): Promise<string> {
  return decode(within(body, bounds));
}

interface Bounds {
  readonly bytes: number;
  readonly ms: number;
}

async function* within(body: AsyncIterable<Uint8Array>, { bytes, ms }: Bounds): AsyncGenerator<Uint8Array> {
  const deadline = performance.now() + ms;
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > bytes) throw new PebbleProtocolError(`cannot read Pebble's answer: it is longer than ${bytes} bytes`);
    if (performance.now() > deadline) {
      throw new PebbleProtocolError(`cannot read Pebble's answer: it has not ended after ${ms} ms`);
    }
    yield chunk;
  }
}

/** UTF-8; what is not becomes U+FFFD, or throws a TypeError with `fatal`. A byte order mark stays. */
export async function decode(body: AsyncIterable<Uint8Array>, options: { fatal?: boolean } = {}): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ...options, ignoreBOM: true });
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** Gives an answer up that nobody is going to read. */
export async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  await body[Symbol.asyncIterator]().return?.();
}
