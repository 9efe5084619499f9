// `GET /v1/files?action=list` (canonical/pebble docs/reference/api.md; internals/daemon/api_files.go).

import type { Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { quote } from '@charmed/ops/internal';
import { badRequest } from '../engine/errors.ts';
import type { FileInfo, FileType, ListOptions } from '../engine/files.ts';
import { FileError } from './file-error.ts';
import { globToRegExp } from './glob.ts';
import type { Root } from './root.ts';
import { readNames } from './users.ts';

/** @throws PebbleError */
export async function listFiles(root: Root, path: string, { itself, pattern }: ListOptions): Promise<FileInfo[]> {
  if (!path.startsWith('/')) throw badRequest(`path must be absolute, got ${quote(path)}`);
  const matches = pattern === '' ? undefined : globToRegExp(pattern);
  const found = await readEntries(root, path, itself);
  const describe = describer();
  return found.flatMap(([entry, stats]) => {
    const info = describe(entry, stats);
    return matches === undefined || matches.test(info.name) ? [info] : [];
  });
}

async function readEntries(root: Root, path: string, itself: boolean): Promise<[string, Stats][]> {
  try {
    const real = await root.resolve(path);
    const stats = await stat(real);
    if (itself || !stats.isDirectory()) return [[itselfPath(path), stats]];
    const names = (await readdir(real)).toSorted();
    // One after another: a directory may have more entries than files may be open.
    const entries: [string, Stats][] = [];
    for (const name of names) entries.push([posix.join(path, name), await lstat(posix.join(real, name))]);
    return entries;
  } catch (error) {
    throw FileError.of('stat', path, error);
  }
}

// As Pebble makes it, also for a path that ends in a slash: `/d/` is `/d/d`.
function itselfPath(path: string): string {
  return posix.join(path.slice(0, path.lastIndexOf('/') + 1), posix.basename(path) || '/');
}

function describer(): (path: string, stats: Stats) => FileInfo {
  const { users, groups } = readNames();
  return (path, stats) => ({
    path,
    name: posix.basename(path) || '/',
    type: typeOf(stats),
    ...(stats.isFile() && { size: stats.size }),
    permissions: (stats.mode & 0o777).toString(8).padStart(3, '0'),
    'last-modified': stats.mtime.toISOString().replace(/\.\d+/, ''),
    'user-id': stats.uid,
    user: users.get(stats.uid) ?? '',
    'group-id': stats.gid,
    group: groups.get(stats.gid) ?? '',
  });
}

function typeOf(stats: Stats): FileType {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'named-pipe';
  return stats.isFile() ? 'file' : 'device';
}
