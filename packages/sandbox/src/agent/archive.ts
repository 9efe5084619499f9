// Charm archives: zips, expanded as Juju does. Follows juju/utils zip/zip.go.

import { statSync } from 'node:fs';
import { lstat, mkdir, open, rename, rm, symlink, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, posix } from 'node:path';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import {
  ERR_BAD_FORMAT,
  ERR_EOCDR_NOT_FOUND,
  Reader,
  TextWriter,
  ZipReader,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js';
import { expandFile } from './expanded-files.ts';

/** Thrown when a charm cannot be read; codes are `bad-archive` and `bad-charm`. */
export class CharmError extends OpsError {}

const LIMITS = { entries: 100_000, bytes: 4 * 1024 ** 3, textBytes: 4 * 1024 ** 2 };
const NO_CHARM = 'it is no .charm file; `charmed pack` makes one of a project';
const NOT_A_ZIP: ReadonlySet<string> = new Set([ERR_BAD_FORMAT, ERR_EOCDR_NOT_FOUND]);
const UNIX = 3;
const STORED = 0;
const DEFLATED = 8;
// Of the header before a file's data, up to its name; its last two numbers are the lengths of the name and of the extra field.
const LOCAL_HEADER_BYTES = 30;
const TYPE = { mask: 0o170000, directory: 0o040000, file: 0o100000, symlink: 0o120000 };

/** An open archive. */
export interface Archive {
  /** The text of a file; `undefined` when there is none. */
  text(name: string): Promise<string | undefined>;
  names(): readonly string[];
  /** Permission bits that the file will have. */
  mode(name: string): number | undefined;
}

/** @throws CharmError `bad-archive`. */
export async function withArchive<T>(path: string, use: (archive: Archive) => Promise<T>): Promise<T> {
  return await reading(path, async (entries) => {
    const byName = new Map(entries.map((entry) => [entry.filename, entry]));
    return await use({
      names: () => [...byName.keys()],
      mode: (name) => (byName.has(name) ? modeOf(byName.get(name) as Entry) : undefined),
      text: async (name) => {
        const entry = byName.get(name);
        if (entry === undefined || entry.directory) return undefined;
        if (entry.uncompressedSize > LIMITS.textBytes)
          throw new CharmError('bad-archive', `cannot read ${name} in ${path}: it is too large`);
        return await entry.getData(new TextWriter());
      },
    });
  });
}

/**
 * Expands into a directory that does not exist yet, which is complete once it does.
 *
 * @param cacheDirectory keeps large files for the next time.
 * @throws CharmError `bad-archive`.
 */
export async function expandArchive(path: string, target: string, cacheDirectory: string): Promise<void> {
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await reading(path, async (entries, file) => {
    await mkdir(partial, { recursive: true });
    for (const entry of entries) await expandEntry(file, entry, partial, cacheDirectory);
  });
  await rename(partial, target);
}

async function reading<T>(path: string, use: (entries: readonly Entry[], file: FileHandle) => Promise<T>): Promise<T> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CharmError('bad-archive', `cannot read the charm ${path}: there is no such file`);
  if (!found.isFile()) throw new CharmError('bad-archive', `cannot read the charm ${path}: ${NO_CHARM}`);
  await using file = await open(path);
  const reader = new ZipReader(new FileReader(file, found.size), { useWebWorkers: false });
  try {
    const entries = await reader.getEntries();
    const bytes = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (entries.length > LIMITS.entries || bytes > LIMITS.bytes) throw new Error('it is too large');
    return await use(entries, file);
  } catch (error) {
    if (error instanceof OpsError) throw error;
    const reason = NOT_A_ZIP.has(reasonOf(error)) ? NO_CHARM : reasonOf(error);
    throw new CharmError('bad-archive', `cannot read the charm ${path}: ${reason}`, { cause: error });
  } finally {
    await reader.close();
  }
}

class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(position: number, length: number): Promise<Uint8Array> {
    return await readAt(this.#file, position, Math.min(length, this.size - position));
  }
}

async function expandEntry(file: FileHandle, entry: Entry, root: string, cacheDirectory: string): Promise<void> {
  const name = safeName(entry.filename);
  const path = join(root, name);
  const type = entry.directory ? TYPE.directory : fileType(entry);
  if (type === TYPE.directory) await mkdir(path, { recursive: true });
  else {
    await mkdir(dirname(path), { recursive: true });
    await refuseSymlinkedParents(root, name);
    if (type === TYPE.symlink)
      await symlink(safeTarget(name, await (entry as FileEntry).getData(new TextWriter())), path);
    else if (type === TYPE.file) await writeFile(file, entry as FileEntry, path, cacheDirectory);
    else throw new Error(`${entry.filename} is neither a file, a directory nor a symbolic link`);
  }
}

async function writeFile(file: FileHandle, entry: FileEntry, path: string, cacheDirectory: string): Promise<void> {
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`${entry.filename} is compressed in a way that Juju does not read`);
  if (entry.encrypted) throw new Error(`${entry.filename} is encrypted`);
  const data = await packedData(file, entry);
  const { uncompressedSize: bytes, signature: crc32 = 0 } = entry;
  await expandFile({ data, isDeflated: method === DEFLATED, bytes, crc32, mode: modeOf(entry) }, path, cacheDirectory);
}

// Read here, since the library hands 40 MB of Node over in pieces, which takes three times as long.
async function packedData(file: FileHandle, entry: FileEntry): Promise<Uint8Array> {
  const header = await readAt(file, entry.offset, LOCAL_HEADER_BYTES);
  const names = header.readUInt16LE(LOCAL_HEADER_BYTES - 4) + header.readUInt16LE(LOCAL_HEADER_BYTES - 2);
  return await readAt(file, entry.offset + LOCAL_HEADER_BYTES + names, entry.compressedSize);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { size } = await file.stat();
  if (position + length > size) throw new Error('it ends too early');
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function fileType(entry: Entry): number {
  const type = isUnix(entry) ? (entry.externalFileAttributes >>> 16) & TYPE.mask : TYPE.file;
  return type === 0 ? TYPE.file : type;
}

// Without Unix attributes an entry is a plain file, as Juju's reader has it: a charm packed that way has no executable dispatch.
function modeOf(entry: Entry): number {
  return isUnix(entry) ? (entry.externalFileAttributes >>> 16) & 0o777 : 0o644;
}

function isUnix(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === UNIX;
}

function safeName(name: string): string {
  const normal = normalize(name);
  if (isAbsolute(normal) || normal.split('/').includes('..')) throw new Error(`${name} is outside of the charm`);
  return normal;
}

function safeTarget(name: string, target: string): string {
  const resolved = posix.normalize(posix.join(posix.dirname(name), target));
  if (isAbsolute(target) || resolved.split('/').includes('..')) {
    throw new Error(`the symbolic link ${name} leads outside of the charm`);
  }
  return target;
}

async function refuseSymlinkedParents(root: string, name: string): Promise<void> {
  const parents = name.split('/').slice(0, -1);
  for (let depth = 1; depth <= parents.length; depth += 1) {
    const parent = join(root, ...parents.slice(0, depth));
    if ((await lstat(parent)).isSymbolicLink()) throw new Error(`${name} is behind a symbolic link`);
  }
}
