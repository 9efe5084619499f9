// Whole trees into and out of a container, by the rules of ops: `/src` comes to lie in the destination, `/src/*` is what is in it.

import { OpsError, reasonOf } from '../errors.ts';
import type { PebbleClient } from '../pebble/client.ts';
import type { LocalFiles } from './local-files.ts';

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface CopyFailure {
  /** The source, as it was given. What of it came before the failure has been copied, the rest has not. */
  readonly source: string;
  readonly error: unknown;
}

/** Some of the sources could not be copied; all others were. */
export class MultiPushPullError extends OpsError {
  readonly errors: readonly CopyFailure[];

  constructor(verb: string, errors: readonly CopyFailure[]) {
    const lines = errors.map(({ source, error }) => `\n- ${source}: ${reasonOf(error)}`);
    super('multi-push-pull', `cannot ${verb} ${errors.length} of the paths:${lines.join('')}`);
    this.errors = errors;
  }
}

/** Sources are copied with the mode and the ids of the owner. @throws MultiPushPullError */
export async function pushPath(
  pebble: PebbleClient,
  files: LocalFiles,
  sources: readonly string[],
  destination: string,
  { signal }: CopyOptions = {},
): Promise<void> {
  await copyEach(
    'push',
    sources,
    destination,
    {
      list: (path) => files.list(path),
      makeDir: (path) => pebble.makeDir(path, { makeParents: true }),
      copy: ({ path, permissions, userId, groupId }, to) =>
        pebble.push(to, files.read(path), { makeDirs: true, permissions, userId, groupId, signal }),
    },
    signal,
  );
}

/** Mode and owner are those of any new file. @throws MultiPushPullError */
export async function pullPath(
  pebble: PebbleClient,
  files: LocalFiles,
  sources: readonly string[],
  destination: string,
  { signal }: CopyOptions = {},
): Promise<void> {
  await copyEach(
    'pull',
    sources,
    destination,
    {
      list: (path) => pebble.listFiles(path),
      makeDir: (path) => files.makeDir(path),
      copy: ({ path }, to) => files.write(to, pebble.pull(path, { signal })),
    },
    signal,
  );
}

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly type: string;
}

interface Copier<E extends Entry> {
  list(path: string): PromiseLike<readonly E[]>;
  makeDir(path: string): PromiseLike<void>;
  copy(entry: E, to: string): PromiseLike<void>;
}

async function copyEach<E extends Entry>(
  verb: string,
  sources: readonly string[],
  destination: string,
  copier: Copier<E>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const errors: CopyFailure[] = [];
  const abortable: Copier<E> = {
    ...copier,
    list: async (path) => {
      signal?.throwIfAborted();
      return copier.list(path);
    },
  };
  for (const source of sources) {
    try {
      await copySource(source, destination, abortable);
    } catch (error) {
      signal?.throwIfAborted();
      errors.push({ source, error });
    }
  }
  if (errors.length > 0) throw new MultiPushPullError(verb, errors);
}

async function copySource<E extends Entry>(source: string, destination: string, copier: Copier<E>): Promise<void> {
  const isContents = source === '*' || source.endsWith('/*');
  const path = withoutSlash(isContents ? source.slice(0, -1) : source) || (source.startsWith('/') ? '/' : '.');
  const name = isContents ? '' : path.slice(path.lastIndexOf('/') + 1);
  await copyTree(path, join(withoutSlash(destination), name), copier);
}

// An empty directory makes nothing, unless it was found in another one: so it is in ops.
async function copyTree<E extends Entry>(path: string, to: string, copier: Copier<E>): Promise<void> {
  for (const entry of await copier.list(path)) {
    const target = entry.path === path ? to : join(to, entry.name);
    if (entry.type === 'directory') {
      await copier.makeDir(target);
      await copyTree(entry.path, target, copier);
    } else if (entry.type === 'file' || entry.type === 'symlink') {
      await copier.copy(entry, target);
    }
  }
}

function join(directory: string, name: string): string {
  return name === '' ? directory : `${directory}/${name}`;
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
