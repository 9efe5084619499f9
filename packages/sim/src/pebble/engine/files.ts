// The port through which the API reads and writes files. What goes wrong is a `FileError`.

import type { Readable } from 'node:stream';
import type { Owner } from './process.ts';

export type FileType = 'file' | 'directory' | 'symlink' | 'socket' | 'named-pipe' | 'device';

export interface FileInfo {
  readonly path: string;
  readonly name: string;
  readonly type: FileType;
  /** In bytes, of regular files. */
  readonly size?: number;
  readonly permissions: string;
  readonly 'last-modified': string;
  readonly 'user-id': number;
  readonly user: string;
  readonly 'group-id': number;
  readonly group: string;
}

export interface ListOptions {
  /** Shows the directory, not what is in it. */
  readonly itself: boolean;
  readonly pattern: string;
}

export interface WriteOptions {
  readonly mode: number;
  readonly owner: Owner | undefined;
}

export interface MakeDirOptions extends WriteOptions {
  /** Makes what is missing on the way, and accepts a directory that is there. */
  readonly parents: boolean;
}

export interface Files {
  /** Opens a regular file to read. */
  open(path: string): Promise<Readable>;
  /** Replaces what is there once the source has ended. A link is replaced, not followed. */
  write(path: string, source: Readable, options: WriteOptions): Promise<void>;
  /** Also what is in a directory, if recursive; then what is not there is no error. */
  remove(path: string, recursive: boolean): Promise<void>;
  makeDir(path: string, options: MakeDirOptions): Promise<void>;
  /** A link that is named is followed, one that is found is not. */
  list(path: string, options: ListOptions): Promise<FileInfo[]>;
}
