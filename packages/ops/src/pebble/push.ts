// Writes a file in the container.

import { chunksOf, type FileContent } from './content.ts';
import { PebblePathError } from './errors.ts';
import { modeAndOwner, requireDone, type FileOwner } from './files.ts';
import { multipartBody, newBoundary } from './multipart-out.ts';
import { answerFrom } from './request.ts';
import type { PebbleTransport } from './transport.ts';

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
    body: multipartBody(boundary, { action: 'write', files: [file] }, path, chunksOf(content)),
    timeoutMs: SILENCE_MS,
    signal: options.signal,
  });
  requireDone((await answerFrom(response, what)).result, what);
}

// The path stands in a header line.
function requireSendable(path: string, what: string): void {
  if (!/[\0\r\n]/.test(path)) return;
  const message = 'the path has a line end or a null character';
  throw new PebblePathError({ what: JSON.stringify(what), path, kind: 'generic-file-error', message });
}
