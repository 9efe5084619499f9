// The body of a push: a JSON part and a file part, streamed.

import type { Fields } from './fields.ts';

/** Pebble refuses shorter boundaries. */
const BOUNDARY_LENGTH = 48;

export function newBoundary(): string {
  return Array.from({ length: BOUNDARY_LENGTH }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}

export async function* pushBody(
  boundary: string,
  request: Fields,
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const filename = path.replaceAll('"', '\\"');
  yield encoder.encode(
    `--${boundary}\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name="request"\r\n\r\n` +
      `${JSON.stringify(request)}\r\n` +
      `--${boundary}\r\nContent-Type: application/octet-stream\r\n` +
      `Content-Disposition: form-data; name="files"; filename="${filename}"\r\n\r\n`,
  );
  yield* content;
  yield encoder.encode(`\r\n--${boundary}--\r\n`);
}
