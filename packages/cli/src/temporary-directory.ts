// Folders that are gone when their block is left, however it is left.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { undoIfInterrupted } from './interrupt.ts';

/** Below `parent`, with a name of its own. */
export function temporaryDirectory(parent: string, prefix: string): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(parent, prefix));
  const remove = () => rmSync(path, { recursive: true, force: true });
  const kept = undoIfInterrupted(remove);
  return {
    path,
    [Symbol.dispose]: () => {
      remove();
      kept[Symbol.dispose]();
    },
  };
}
