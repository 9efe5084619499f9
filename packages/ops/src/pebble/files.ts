// Files in the container.

import { readBytes, readText } from './body.ts';
import { PebblePathError, PebbleProtocolError } from './errors.ts';
import { boundaryOf, readParts, type Part } from './multipart-reader.ts';
import { newBoundary, pushBody } from './multipart-writer.ts';
import { entries, fields, textOf, type Fields } from './fields.ts';
import { answerFrom, get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface FileOwner {
  readonly userId?: number;
  readonly user?: string;
  readonly groupId?: number;
  readonly group?: string;
}

export interface PushOptions extends FileOwner {
  /** Whether to create missing parent directories. Default: false. */
  readonly makeDirs?: boolean;
  /** Mode bits, such as 0o644, which is the default. */
  readonly permissions?: number;
  readonly signal?: AbortSignal;
}

export interface MakeDirOptions extends FileOwner {
  readonly makeParents?: boolean;
  /** Default: 0o755. */
  readonly permissions?: number;
}

export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;
export type FileType = 'file' | 'directory' | 'symlink' | 'socket' | 'named-pipe' | 'device' | 'unknown';

export interface FileInfo {
  readonly path: string;
  readonly name: string;
  readonly type: FileType;
  /** In bytes; regular files only. */
  readonly size: number | undefined;
  readonly permissions: number;
  /** As RFC 3339. */
  readonly lastModified: string;
  readonly userId: number | undefined;
  readonly user: string | undefined;
  readonly groupId: number | undefined;
  readonly group: string | undefined;
}

/** A file on its way out of the container. It can be read once. */
export class PulledFile {
  readonly #content: AsyncIterable<Uint8Array>;

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#content = content;
  }

  /** The content in chunks. @throws PebblePathError at the end, if Pebble could not read the file to its end. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#content;
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(this.#content);
  }

  text(): Promise<string> {
    return readText(this.#content, Infinity);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

export async function push(
  transport: PebbleTransport,
  path: string,
  content: FileContent,
  options: PushOptions = {},
): Promise<void> {
  const boundary = newBoundary();
  const file = { path, 'make-dirs': options.makeDirs ?? false, ...modeAndOwner(options) };
  const response = await transport.request({
    method: 'POST',
    path: '/v1/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: pushBody(boundary, { action: 'write', files: [file] }, path, chunksOf(content)),
    timeoutMs: Infinity, // Pebble answers at the end of the file, however large
    signal: options.signal,
  });
  requireDone((await answerFrom(response, `push ${path}`)).result, 'push');
}

export async function pull(transport: PebbleTransport, path: string, signal?: AbortSignal): Promise<PulledFile> {
  const response = await transport.request({
    method: 'GET',
    path: `/v1/files?action=read&path=${encodeURIComponent(path)}`,
    headers: { accept: 'multipart/form-data' },
    signal,
  });
  if (response.headers['content-type']?.startsWith('application/json')) await answerFrom(response, `pull ${path}`);
  const parts = readParts(response.body, boundaryOf(response.headers['content-type']));
  const { value: first } = await parts.next();
  if (!first) throw new PebbleProtocolError(`cannot pull ${path}: Pebble sent no part`);
  // Pebble sends the file first and then says how it went; without a file only the latter.
  if (first.name === 'response') await requireReadable(first, path);
  return new PulledFile(checked(first, parts, path));
}

async function* checked(file: Part, parts: AsyncGenerator<Part>, path: string): AsyncGenerator<Uint8Array> {
  yield* file.content;
  const { value: outcome } = await parts.next();
  if (outcome?.name !== 'response') throw new PebbleProtocolError(`cannot pull ${path}: Pebble sent no outcome`);
  requireDone(fields(JSON.parse(await readText(outcome.content)), 'pull').result, 'pull');
}

async function requireReadable(outcome: Part, path: string): Promise<never> {
  requireDone(fields(JSON.parse(await readText(outcome.content)), 'pull').result, 'pull');
  throw new PebbleProtocolError(`cannot pull ${path}: Pebble sent no file`);
}

export interface ListFilesOptions {
  /** Shell pattern on the names, such as `*.log`. */
  readonly pattern?: string;
  /** Whether to describe the directory itself, not what is in it. */
  readonly itself?: boolean;
}

export async function listFiles(
  transport: PebbleTransport,
  path: string,
  options: ListFilesOptions = {},
): Promise<readonly FileInfo[]> {
  const query = new URLSearchParams({ action: 'list', path });
  if (options.pattern !== undefined) query.set('pattern', options.pattern);
  if (options.itself) query.set('itself', 'true');
  const { result } = await get(transport, `/v1/files?${query.toString()}`);
  return entries(result, 'files').map(fileFrom);
}

export async function makeDir(transport: PebbleTransport, path: string, options: MakeDirOptions = {}): Promise<void> {
  const dir = { path, 'make-parents': options.makeParents ?? false, ...modeAndOwner(options) };
  requireDone((await post(transport, '/v1/files', { action: 'make-dirs', dirs: [dir] })).result, 'make directory');
}

export async function removePath(
  transport: PebbleTransport,
  path: string,
  options: { readonly recursive?: boolean } = {},
): Promise<void> {
  const paths = [{ path, recursive: options.recursive ?? false }];
  requireDone((await post(transport, '/v1/files', { action: 'remove', paths })).result, 'remove');
}

/** @throws PebblePathError for the first path that failed. */
function requireDone(result: unknown, verb: string): void {
  for (const entry of entries(result, verb)) {
    if (!entry.error) continue;
    const error = fields(entry.error, verb);
    const [path, kind, message] = [textOf(entry.path), textOf(error.kind), textOf(error.message)];
    throw new PebblePathError({ verb, path, kind, message });
  }
}

function modeAndOwner(options: FileOwner & { readonly permissions?: number }): Fields {
  return {
    permissions: options.permissions?.toString(8).padStart(3, '0'),
    'user-id': options.userId,
    user: options.user,
    'group-id': options.groupId,
    group: options.group,
  };
}

function chunksOf(content: FileContent): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof content === 'string') return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

function fileFrom(file: Fields): FileInfo {
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    path: textOf(file.path),
    name: textOf(file.name),
    type: (textOf(file.type) || 'unknown') as FileType,
    size: number(file.size),
    permissions: Number.parseInt(textOf(file.permissions) || '0', 8),
    lastModified: textOf(file['last-modified']),
    userId: number(file['user-id']),
    user: textOf(file.user) || undefined,
    groupId: number(file['group-id']),
    group: textOf(file.group) || undefined,
  };
}
