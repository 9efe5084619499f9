// Reads bodies of a bounded size.

import { PebbleProtocolError } from './errors.ts';

/** No JSON answer of Pebble comes near it. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/** @throws PebbleProtocolError when it is longer than any answer of Pebble. */
export async function readText(body: AsyncIterable<Uint8Array>, limit: number = MAX_JSON_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new PebbleProtocolError(`cannot read Pebble's answer: it is longer than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

export async function readBytes(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks = await Array.fromAsync(body);
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
