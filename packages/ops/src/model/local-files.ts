// The port to the files of the charm's own machine or container. `io/local-files.ts` implements it.

export interface LocalFile {
  readonly path: string;
  readonly name: string;
  /** A link counts as what it leads to, unless that is a directory. */
  readonly type: 'file' | 'directory' | 'other';
  /** Such as 0o644. */
  readonly permissions: number;
  readonly userId: number;
  readonly groupId: number;
}

export interface LocalFiles {
  /** What is in a directory, or the file itself, by name. */
  list(path: string): Promise<readonly LocalFile[]>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Replaces what is there, and makes missing directories. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Accepts a directory that is there, and makes missing parents. */
  makeDir(path: string): Promise<void>;
}
