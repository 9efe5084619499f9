// Folders for what is about to be written, which go again if it is not.

import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './errors.ts';
import { undoIfInterrupted } from './interrupt.ts';

/** Makes a folder, and those above it, where they are not there yet. They are removed again unless `keep` is called. */
export function newFolder(path: string): Disposable & { readonly keep: () => void } {
  const made = makeFolder(path);
  const remove = () => made.slice(0, 1).forEach((outermost) => rmSync(outermost, { recursive: true, force: true }));
  const interrupted = undoIfInterrupted(remove);
  let isKept = false;
  return {
    keep: () => {
      isKept = true;
    },
    [Symbol.dispose]: () => {
      interrupted[Symbol.dispose]();
      if (!isKept) remove();
    },
  };
}

/**
 * Returns what was made, the outermost first; if one cannot be made, none is. It goes one at a time, because `recursive` does not tell the
 * reason on a disk that is read-only.
 */
export function makeFolder(path: string): readonly string[] {
  try {
    mkdirSync(path);
    return [path];
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return [];
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const above = makeFolder(dirname(path));
  try {
    mkdirSync(path);
    return [...above, path];
  } catch (error) {
    for (const outermost of above.slice(0, 1)) rmSync(outermost, { recursive: true });
    throw error;
  }
}
