// Files that are there as a whole or not at all.

import { closeSync, openSync, renameSync, rmSync, writeFile } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from '@charmed/ops/internal';
import { CliError, codeOf } from './errors.ts';
import { undoIfInterrupted } from './interrupt.ts';

/** What is there is replaced. @throws CliError `unwritable`; what was there is still there then, and nothing else. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    const file = openSync(partial, 'w'); // at once, so that no interrupt finds nothing to remove, and then it is made
    using _ = undoIfInterrupted(() => rmSync(partial, { force: true }));
    await promisify(writeFile)(file, content).finally(() => closeSync(file));
    renameSync(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

/** The error for a file that cannot be written, for the reason that Node gives. */
export function unwritable(path: string, error: unknown): CliError {
  const reason = codeOf(error) === 'ENOENT' ? `there is no folder ${dirname(path)}` : reasonOf(error);
  return new CliError('unwritable', `cannot write ${path}: ${reason}`, { cause: error });
}
