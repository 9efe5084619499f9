// Files and directories in the container, but for their content: see push.ts and pull.ts.

import { PebblePathError } from './errors.ts';
import { fieldsOf, listOf, numberOf, optional, textOf, timeOf, type Fields } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export type FileType = 'file' | 'directory' | 'symlink' | 'socket' | 'named-pipe' | 'device' | 'unknown';

export interface FileInfo {
  /** Absolute path. */
  readonly path: string;
  readonly name: string;
  readonly type: FileType | (string & {});
  /** In bytes; regular files only. */
  readonly size: number | undefined;
  /** Such as 0o644. */
  readonly permissions: number;
  readonly lastModified: Date;
  readonly userId: number | undefined;
  readonly user: string | undefined;
  readonly groupId: number | undefined;
  readonly group: string | undefined;
}

/** Whose a new file or directory is. Default: Pebble's own user and group. */
export interface FileOwner {
  readonly userId?: number | undefined;
  readonly user?: string | undefined;
  readonly groupId?: number | undefined;
  readonly group?: string | undefined;
}

export interface ListFilesOptions {
  /** Shell pattern for the names, such as `*.log`. */
  readonly pattern?: string | undefined;
  /** Whether to describe the directory itself, not what is in it. Default: false. */
  readonly itself?: boolean | undefined;
}

export interface MakeDirOptions extends FileOwner {
  /** Whether to create missing parents too, and to accept that the directory exists. Default: false. */
  readonly makeParents?: boolean | undefined;
  /** Default: 0o755. */
  readonly permissions?: number | undefined;
}

export interface RemovePathOptions {
  /** Whether to remove what is in a directory too, and to accept that the path does not exist. Default: false. */
  readonly recursive?: boolean | undefined;
}

export async function listFiles(
  transport: PebbleTransport,
  path: string,
  options: ListFilesOptions = {},
): Promise<readonly FileInfo[]> {
  const query = new URLSearchParams({ action: 'list', path });
  if (options.pattern !== undefined) query.set('pattern', options.pattern);
  if (options.itself) query.set('itself', 'true');
  const { result } = await get(transport, `list files of ${path}`, `/v1/files?${query.toString()}`);
  return listOf(result, fileFrom);
}

export async function makeDir(transport: PebbleTransport, path: string, options: MakeDirOptions = {}): Promise<void> {
  const what = `make directory ${path}`;
  const dir = { path, 'make-parents': options.makeParents ?? false, ...modeAndOwner(options) };
  const { result } = await post(transport, what, '/v1/files', { action: 'make-dirs', dirs: [dir] });
  requireDone(result, what);
}

export async function removePath(
  transport: PebbleTransport,
  path: string,
  options: RemovePathOptions = {},
): Promise<void> {
  const what = `remove ${path}`;
  const paths = [{ path, recursive: options.recursive ?? false }];
  const { result } = await post(transport, what, '/v1/files', { action: 'remove', paths });
  requireDone(result, what);
}

/** Pebble's answer to most file requests is a list with an outcome for each path. @throws PebblePathError. */
export function requireDone(result: unknown, what: string): void {
  for (const outcome of listOf(result, fieldsOf)) {
    const error = optional(outcome.error, fieldsOf);
    if (!error) continue;
    const [path, kind, message] = [textOf(outcome.path), textOf(error.kind), textOf(error.message)];
    throw new PebblePathError({ what, path, kind, message });
  }
}

export function modeAndOwner(options: FileOwner & { readonly permissions?: number | undefined }): Fields {
  return {
    permissions: options.permissions?.toString(8).padStart(3, '0'),
    'user-id': options.userId,
    user: options.user,
    'group-id': options.groupId,
    group: options.group,
  };
}

function fileFrom(value: unknown): FileInfo {
  const file = fieldsOf(value);
  return {
    path: textOf(file.path),
    name: textOf(file.name),
    type: textOf(file.type),
    size: optional(file.size, numberOf),
    permissions: Number.parseInt(textOf(file.permissions), 8),
    lastModified: timeOf(file['last-modified']),
    userId: optional(file['user-id'], numberOf),
    user: optional(file.user, textOf) || undefined,
    groupId: optional(file['group-id'], numberOf),
    group: optional(file.group, textOf) || undefined,
  };
}
