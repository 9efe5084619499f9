// A tree of files in memory, with the modes, owners and links of a Unix file system, and its errors in Go's words.

import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { quote } from '@charmed/ops/internal';
import { FileError, checkAbsolute } from '../backend/file-error.ts';
import { globToRegExp } from '../backend/glob.ts';
import type { Clock } from '../engine/clock.ts';
import { type ErrorKind, badRequest } from '../engine/errors.ts';
import type { FileInfo, Files, FileType, ListOptions, MakeDirOptions, WriteOptions } from '../engine/files.ts';
import type { MemoryUsers } from './users.ts';

interface Common {
  mode: number;
  uid: number;
  gid: number;
  modified: Date;
}

type File = Common & { readonly type: 'file'; content: Uint8Array };
type Directory = Common & { readonly type: 'directory'; readonly entries: Map<string, Node> };
type Link = Common & { readonly type: 'symlink'; readonly target: string };
type Node = File | Directory | Link;

const maxLinks = 40;

export class MemoryFiles implements Files {
  readonly #clock: Clock;
  readonly #users: MemoryUsers;
  readonly #root: Directory;

  constructor(clock: Clock, users: MemoryUsers) {
    this.#clock = clock;
    this.#users = users;
    this.#root = this.#directory({ mode: 0o755, owner: undefined });
  }

  /** Puts a file there, with all directories on the way. */
  add(path: string, content: string | Uint8Array, mode = 0o644): void {
    const parent = this.#makeParents(posix.dirname(path));
    parent.entries.set(posix.basename(path), this.#file(Buffer.from(content), { mode, owner: undefined }));
  }

  /** Puts a directory there, with all on the way to it. */
  addDirectory(path: string): void {
    this.#makeParents(path);
  }

  /** Puts a link there, with all directories on the way. */
  addLink(path: string, target: string): void {
    const parent = this.#makeParents(posix.dirname(path));
    parent.entries.set(posix.basename(path), {
      type: 'symlink',
      target,
      ...this.#common({ mode: 0o777, owner: undefined }),
    });
  }

  /** The content of a file; `undefined` when there is no such file. */
  read(path: string): Uint8Array | undefined {
    const node = this.#find(path);
    return node?.type === 'file' ? node.content : undefined;
  }

  /** All files, by path. */
  all(): ReadonlyMap<string, Uint8Array> {
    return new Map(filesIn(this.#root, ''));
  }

  async open(path: string): Promise<Readable> {
    checkAbsolute(path);
    const node = this.#require('stat', path);
    if (node.type !== 'file') throw new FileError(`can only read a regular file: ${quote(path)}`);
    return Readable.from([node.content]);
  }

  async write(path: string, source: Readable, options: WriteOptions): Promise<void> {
    checkAbsolute(path);
    const temporary = `${path}.~`;
    this.#requireDirectory('open', temporary, posix.dirname(path));
    const chunks: Uint8Array[] = [];
    for await (const chunk of source as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const parent = this.#requireDirectory('rename', temporary, posix.dirname(path));
    const name = posix.basename(path);
    if (parent.entries.get(name)?.type === 'directory') {
      throw new FileError(`rename ${temporary} ${path}: file exists`);
    }
    parent.entries.set(name, this.#file(Buffer.concat(chunks), options));
  }

  async remove(path: string, recursive: boolean): Promise<void> {
    checkAbsolute(path);
    if (posix.normalize(path) === '/') throw failure('remove', path, 'device or resource busy');
    const name = posix.basename(path);
    const parent = this.#find(posix.dirname(path));
    const node = parent?.type === 'directory' ? parent.entries.get(name) : undefined;
    if (parent?.type !== 'directory' || node === undefined) {
      if (recursive) return;
      throw notThere('remove', path);
    }
    if (node.type === 'directory' && node.entries.size > 0 && !recursive) {
      throw failure('remove', path, 'directory not empty');
    }
    parent.entries.delete(name);
  }

  async makeDir(path: string, options: MakeDirOptions): Promise<void> {
    const existing = this.#find(path);
    if (existing?.type === 'directory' && options.parents) return;
    if (existing !== undefined)
      throw failure('mkdir', path, existing.type === 'directory' ? 'file exists' : 'not a directory');
    const clean = posix.normalize(path).replace(/(.)\/$/, '$1');
    if (options.parents) this.#makeMissing(clean, options);
    else this.#makeOne(clean, options);
  }

  async list(path: string, { itself, pattern }: ListOptions): Promise<FileInfo[]> {
    if (!path.startsWith('/')) throw badRequest(`path must be absolute, got ${quote(path)}`);
    const matches = pattern === '' ? undefined : globToRegExp(pattern);
    const node = this.#require('stat', path);
    const entries: [string, Node][] =
      itself || node.type !== 'directory'
        ? [[posix.join(path.slice(0, path.lastIndexOf('/') + 1), posix.basename(path) || '/'), node]]
        : [...node.entries]
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, each]) => [posix.join(path, name), each]);
    const infos = entries.map(([entryPath, each]) => this.#describe(entryPath, each));
    return infos.filter(({ name }) => matches === undefined || matches.test(name));
  }

  #describe(path: string, node: Node): FileInfo {
    const types: Readonly<Record<Node['type'], FileType>> = {
      file: 'file',
      directory: 'directory',
      symlink: 'symlink',
    };
    return {
      path,
      name: posix.basename(path) || '/',
      type: types[node.type],
      ...(node.type === 'file' && { size: node.content.length }),
      permissions: node.mode.toString(8).padStart(3, '0'),
      'last-modified': node.modified.toISOString().replace(/\.\d+/, ''),
      'user-id': node.uid,
      user: this.#users.nameOf(node.uid),
      'group-id': node.gid,
      group: this.#users.nameOf(node.gid),
    };
  }

  #makeMissing(path: string, options: MakeDirOptions): void {
    const parent = posix.dirname(path);
    const existing = this.#find(parent);
    if (existing === undefined) this.#makeMissing(parent, options);
    else if (existing.type !== 'directory') throw failure('mkdir', parent, 'not a directory');
    this.#makeOne(path, options);
  }

  #makeOne(path: string, options: MakeDirOptions): void {
    const parent = this.#requireDirectory('mkdir', `${path}.mkdir-new`, posix.dirname(path));
    parent.entries.set(posix.basename(path), this.#directory(options));
  }

  #makeParents(path: string): Directory {
    let directory = this.#root;
    for (const name of path.split('/').filter((each) => each !== '')) {
      const known = directory.entries.get(name);
      const next = known?.type === 'directory' ? known : this.#directory({ mode: 0o755, owner: undefined });
      directory.entries.set(name, next);
      directory = next;
    }
    return directory;
  }

  #require(operation: string, path: string): Node {
    const node = this.#find(path);
    if (node !== undefined) return node;
    const isBelowFile = this.#deepest(path)?.type === 'file';
    throw isBelowFile ? failure(operation, path, 'not a directory') : notThere(operation, path);
  }

  #requireDirectory(operation: string, shown: string, path: string): Directory {
    const node = this.#find(path);
    if (node?.type === 'directory') return node;
    const isBelowFile = (node ?? this.#deepest(path))?.type === 'file';
    throw isBelowFile ? failure(operation, shown, 'not a directory') : notThere(operation, shown);
  }

  /** What is there, links followed. */
  #find(path: string, links = 0): Node | undefined {
    let node: Node | undefined = this.#root;
    let at = '/';
    for (const name of posix
      .normalize(path)
      .split('/')
      .filter((each) => each !== '')) {
      if (node?.type !== 'directory') return undefined;
      const entry: Node | undefined = node.entries.get(name);
      if (entry?.type !== 'symlink') node = entry;
      else if (links >= maxLinks) return undefined;
      else node = this.#find(posix.resolve(at, entry.target), links + 1);
      at = posix.join(at, name);
    }
    return node;
  }

  #deepest(path: string): Node | undefined {
    const node = this.#find(path);
    return node ?? (path === '/' ? undefined : this.#deepest(posix.dirname(path)));
  }

  #file(content: Uint8Array, options: WriteOptions): File {
    return { type: 'file', content, ...this.#common(options) };
  }

  #directory(options: WriteOptions): Directory {
    return { type: 'directory', entries: new Map(), ...this.#common(options) };
  }

  #common({ mode, owner }: WriteOptions): Common {
    return { mode, uid: owner?.uid ?? 0, gid: owner?.gid ?? 0, modified: this.#clock.now() };
  }
}

function* filesIn(directory: Directory, path: string): Generator<[string, Uint8Array]> {
  for (const [name, node] of directory.entries) {
    if (node.type === 'file') yield [`${path}/${name}`, node.content];
    if (node.type === 'directory') yield* filesIn(node, `${path}/${name}`);
  }
}

function failure(operation: string, path: string, reason: string, kind?: ErrorKind): FileError {
  return new FileError(`${operation} ${path}: ${reason}`, kind);
}

function notThere(operation: string, path: string): FileError {
  return failure(operation, path, 'no such file or directory', 'not-found');
}
