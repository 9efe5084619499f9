// Reads a file in the container.

import { readAnswer } from './body.ts';
import { PebbleProtocolError } from './errors.ts';
import { requireDone } from './files.ts';
import { readParts, type Part } from './multipart-in.ts';
import { answerFrom, mediaType, parseFields } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface PullOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The content, in chunks. @throws PebblePathError, at the end when the file could be read only so far. */
export async function* pull(
  transport: PebbleTransport,
  path: string,
  options: PullOptions = {},
): AsyncGenerator<Uint8Array> {
  const what = `pull ${path}`;
  const query = new URLSearchParams({ action: 'read', path });
  const response = await transport.request({
    method: 'GET',
    path: `/v1/files?${query.toString()}`,
    headers: { accept: 'multipart/form-data' },
    signal: options.signal,
  });
  if (mediaType(response) !== 'multipart/form-data') {
    await answerFrom(response, what);
    throw new PebbleProtocolError(`cannot ${what}: Pebble sent no file`);
  }
  const parts = readParts(response.body, response.headers['content-type']);
  try {
    yield* fileIn(parts, what);
  } finally {
    await parts.return(undefined);
  }
}

// Pebble sends the file and then how that went; only the latter when it could not even begin.
async function* fileIn(parts: AsyncGenerator<Part>, what: string): AsyncGenerator<Uint8Array> {
  const first = await parts.next();
  const file = !first.done && first.value.name === 'files' ? first.value : undefined;
  if (file) yield* file.content;
  const { value: outcome } = file ? await parts.next() : first;
  if (outcome?.name !== 'response') throw new PebbleProtocolError(`cannot ${what}: Pebble does not say how it went`);
  requireDone(parseFields(await readAnswer(outcome.content), what).result, what);
  if (!file) throw new PebbleProtocolError(`cannot ${what}: Pebble sent no file`);
  if (!(await parts.next()).done) throw new PebbleProtocolError(`cannot ${what}: Pebble sent more than one file`);
}
