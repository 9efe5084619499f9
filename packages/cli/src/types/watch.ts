// `src/charm.gen.ts` kept in step with charmcraft.yaml while somebody edits it.

import { watch, type FSWatcher, type WatchListener } from 'node:fs';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import { readCharmcraft } from '../charmcraft/read.ts';
import { SOURCE_FILES } from '../charmcraft/sources.ts';
import { CliError } from '../errors.ts';
import { writeTypes } from './write.ts';

// Editors write a file in several steps, some by a new file in place of the old one.
const QUIET_MS = 50;

export interface WatchOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told at first, whenever the file was written, and when it is right again after something was wrong. */
  readonly onWritten: (isNew: boolean) => void;
  /** Told what keeps the file from being made; it stays as it was until that is mended. */
  readonly onWrong: (error: OpsError) => void;
}

/** @throws the signal's reason, CliError `unwatchable` when the system does not tell of changes. */
export async function watchTypes(directory: string, options: WatchOptions): Promise<never> {
  const { signal } = options;
  const update = updater(directory, options);
  const failed = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  let current = Promise.resolve();
  const begin = () => {
    current = current.then(update).catch(failed.reject);
  };
  // The folder, not the files: those may be replaced, or not there yet.
  const watcher = watching(directory, (_, name) => {
    if (name !== null && !SOURCE_FILES.includes(name)) return;
    clearTimeout(timer);
    timer = setTimeout(begin, QUIET_MS);
  });
  watcher.on('error', (error) => failed.reject(unwatchable(directory, error)));
  signal.addEventListener('abort', () => failed.reject(signal.reason as Error), { once: true });
  begin();
  try {
    return await failed.promise;
  } finally {
    watcher.close();
    clearTimeout(timer);
    await current;
  }
}

function updater(directory: string, { onWritten, onWrong }: WatchOptions): () => Promise<void> {
  let told: string | undefined = '';
  return async () => {
    try {
      const isNew = await writeTypes(directory, await readCharmcraft(directory));
      if (isNew || told !== undefined) onWritten(isNew);
      told = undefined;
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      if (error.message !== told) onWrong(error);
      told = error.message;
    }
  };
}

function watching(directory: string, listener: WatchListener<string>): FSWatcher {
  try {
    return watch(directory, listener);
  } catch (error) {
    throw unwatchable(directory, error);
  }
}

function unwatchable(directory: string, error: unknown): CliError {
  return new CliError('unwatchable', `cannot watch ${directory}: ${reasonOf(error)}`, { cause: error });
}
