// Reads, writes and removes files for the file API (canonical/pebble docs/reference/api.md; internals/daemon/api_files.go).

import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { quote } from '@charmed/ops/internal';
import type { Files, WriteOptions } from '../engine/files.ts';
import { errnoOf } from './errno.ts';
import { FileError, checkAbsolute } from './file-error.ts';
import { listFiles } from './list-files.ts';
import { makeDir } from './make-dirs.ts';
import type { Root } from './root.ts';

/** The files below a root. */
export function realFiles(root: Root): Files {
  return {
    open: (path) => openFile(root, path),
    write: (path, source, options) => writeFile(root, path, source, options),
    remove: (path, recursive) => removePath(root, path, recursive),
    makeDir: (path, options) => makeDir(root, path, options),
    list: (path, options) => listFiles(root, path, options),
  };
}

/** Opens a regular file to read. @throws FileError */
async function openFile(root: Root, path: string): Promise<Readable> {
  checkAbsolute(path);
  let operation = 'stat';
  try {
    const real = await root.resolve(path);
    if (!(await stat(real)).isFile()) throw new FileError(`can only read a regular file: ${quote(path)}`);
    operation = 'open';
    return (await open(real)).createReadStream();
  } catch (error) {
    throw FileError.of(operation, path, error);
  }
}

/**
 * Writes all of the source, then puts it in the place of what was there: readers see the old content or the new. A symbolic link is
 * replaced, not followed.
 *
 * @throws FileError
 */
async function writeFile(root: Root, path: string, source: Readable, options: WriteOptions): Promise<void> {
  checkAbsolute(path);
  const name = posix.basename(path);
  if (name.includes('*')) throw new FileError(`cannot create tempfile for filename containing '*': ${quote(name)}`);
  const temporary = `${path}.${randomBytes(9).toString('base64url')}~`;
  const file = await openNew(root, temporary, options.mode);
  try {
    await fill(file, source, options);
  } catch (error) {
    await removePath(root, temporary, false);
    throw FileError.of('write', temporary, error);
  }
  try {
    await rename(await root.resolveEntry(temporary), await root.resolveEntry(path));
  } catch (error) {
    await removePath(root, temporary, false);
    throw renameError(`${temporary} ${path}`, error);
  }
}

/** @throws FileError */
async function removePath(root: Root, path: string, recursive: boolean): Promise<void> {
  checkAbsolute(path);
  if (posix.normalize(path) === '/') throw new FileError(`remove ${path}: device or resource busy`);
  try {
    const real = await root.resolveEntry(path);
    if (recursive) await rm(real, { recursive: true, force: true });
    else if ((await lstat(real)).isDirectory()) await rmdir(real);
    else await unlink(real);
  } catch (error) {
    throw FileError.of('remove', path, error);
  }
}

async function openNew(root: Root, path: string, mode: number): Promise<FileHandle> {
  try {
    return await open(await root.resolveEntry(path), 'wx', mode);
  } catch (error) {
    throw FileError.of('open', path, error);
  }
}

function renameError(paths: string, error: unknown): FileError {
  if (errnoOf(error) === 'EISDIR') return new FileError(`rename ${paths}: file exists`);
  return FileError.of('rename', paths, error);
}

async function fill(file: FileHandle, source: Readable, { mode, owner }: WriteOptions): Promise<void> {
  try {
    if (owner !== undefined) await file.chown(owner.uid, owner.gid);
    // The umask has had its say when the file was opened.
    await file.chmod(mode);
    await pipeline(source, file.createWriteStream());
  } finally {
    await file.close();
  }
}
