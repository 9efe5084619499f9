// Writes a file in the container.

import { chunksOf, smallBytesOf, type FileContent } from './content.ts';
import { concat } from './byte-stream.ts';
import { PebblePathError } from './errors.ts';
import { modeAndOwner, requireDone, type FileOwner } from './files.ts';
import { multipartFrame, newBoundary } from './multipart-out.ts';
import { answerFrom } from './request.ts';
import type { Fields } from './fields.ts';
import type { PebbleRequest, PebbleTransport } from './transport.ts';

export interface PushOptions extends FileOwner {
  /** Whether to create missing parent directories. Default: false. */
  readonly makeDirs?: boolean | undefined;
  /** Default: 0o644. */
  readonly permissions?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Pebble answers when the file is safely on the disk, which takes a while for a large one. */
const SILENCE_MS = 120_000;

export async function push(
  transport: PebbleTransport,
  path: string,
  content: FileContent,
  options: PushOptions = {},
): Promise<void> {
  const what = `push ${path}`;
  requireSendable(path, what);
  const boundary = newBoundary();
  const file = { path, 'make-dirs': options.makeDirs ?? false, ...modeAndOwner(options) };
  const response = await transport.request({
    method: 'POST',
    path: '/v1/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: bodyOf(boundary, { action: 'write', files: [file] }, path, content),
    timeoutMs: SILENCE_MS,
    signal: options.signal,
  });
  requireDone((await answerFrom(response, what)).result, what);
}

// A small file goes in one piece, which is quicker.
function bodyOf(boundary: string, request: Fields, path: string, content: FileContent): PebbleRequest['body'] & {} {
  const { head, tail } = multipartFrame(boundary, request, path);
  const bytes = smallBytesOf(content);
  if (bytes) return concat([head, bytes, tail]);
  return framed(head, chunksOf(content), tail);
}

async function* framed(
  head: Uint8Array,
  content: AsyncIterable<Uint8Array>,
  tail: Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* content;
  yield tail;
}

// The path stands in a header line.
function requireSendable(path: string, what: string): void {
  if (!/[\0\r\n]/.test(path)) return;
  const message = 'the path has a line end or a null character';
  throw new PebblePathError({ what: JSON.stringify(what), path, kind: 'generic-file-error', message });
}
