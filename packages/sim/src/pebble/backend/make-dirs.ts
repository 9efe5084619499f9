// Makes directories, with all the mode and owner that were asked for whatever the umask (canonical/pebble internals/osutil/mkdir.go).

import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { MakeDirOptions } from '../engine/files.ts';
import { FileError } from './file-error.ts';
import type { Root } from './root.ts';

/** @throws FileError */
export async function makeDir(root: Root, path: string, options: MakeDirOptions): Promise<void> {
  const existing = await isDirectory(root, path);
  if (existing === true && options.parents) return;
  if (existing !== undefined) throw fileExists(path, existing ? 'file exists' : 'not a directory');
  await makeMissing(root, posix.normalize(path).replace(/(.)\/$/, '$1'), options);
}

async function makeMissing(root: Root, path: string, options: MakeDirOptions): Promise<void> {
  const parent = posix.dirname(path);
  if (options.parents && parent !== '/') {
    const existing = await isDirectory(root, parent);
    if (existing === false) throw fileExists(parent, 'not a directory');
    if (existing === undefined) await makeMissing(root, parent, options);
  }
  await makeOne(root, path, options);
}

async function makeOne(root: Root, path: string, { mode, owner, parents }: MakeDirOptions): Promise<void> {
  try {
    const real = await root.resolveEntry(path);
    await mkdir(real, mode);
    if (owner !== undefined) await chown(real, owner.uid, owner.gid);
    await chmod(real, mode);
  } catch (error) {
    // Another request may have made it meanwhile.
    if (parents && (await isDirectory(root, path)) === true) return;
    // Pebble makes it under this name first.
    throw FileError.of('mkdir', `${path}.mkdir-new`, error);
  }
}

/** `undefined` when there is nothing. */
async function isDirectory(root: Root, path: string): Promise<boolean | undefined> {
  try {
    return (await stat(await root.resolve(path))).isDirectory();
  } catch {
    return undefined;
  }
}

function fileExists(path: string, reason: string): FileError {
  return new FileError(`mkdir ${path}: ${reason}`);
}
