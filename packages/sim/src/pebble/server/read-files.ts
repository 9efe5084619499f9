// `GET /v1/files?action=read`: the files as parts of a multipart answer, and at its end what went wrong with which
// (canonical/pebble docs/reference/api.md; internals/daemon/api_files.go).

import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { FileError } from '../backend/file-error.ts';
import type { Files } from '../engine/files.ts';
import { type ApiResponse, encodeAnswer, errorResult, syncAnswer } from './answer.ts';

export async function sendFiles(files: Files, paths: readonly string[], response: ApiResponse): Promise<undefined> {
  const boundary = randomBytes(30).toString('hex');
  response.writeHead(200, { 'Content-Type': `multipart/form-data; boundary=${boundary}` });
  await pipeline(parts(files, paths, boundary), response);
}

async function* parts(files: Files, paths: readonly string[], boundary: string): AsyncGenerator<string | Uint8Array> {
  const results: object[] = [];
  for (const path of paths) {
    try {
      const file = await files.open(path);
      yield header(boundary, `form-data; name="files"; filename="${escape(path)}"`, 'application/octet-stream');
      yield* file as AsyncIterable<Uint8Array>;
      yield '\r\n';
      results.push({ path });
    } catch (error) {
      results.push({ path, error: errorResult(FileError.of('read', path, error)) });
    }
  }
  yield header(boundary, 'form-data; name="response"', 'application/json');
  yield `${encodeAnswer(syncAnswer(results))}\n\r\n--${boundary}--\r\n`;
}

function header(boundary: string, disposition: string, type: string): string {
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
}

function escape(path: string): string {
  return path
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}
