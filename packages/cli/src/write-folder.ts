// Folders that are there as a whole or not at all.

import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CliError } from './errors.ts';
import { newFolder } from './new-folder.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { unwritable } from './write-whole.ts';

/**
 * Puts a folder in the place of what is at `path`.
 *
 * @param fill writes into the folder that it is given.
 * @throws CliError `unwritable`, and what `fill` throws; what was there is still there then, and nothing else.
 */
export async function writeFolder<T>(path: string, fill: (directory: string) => Promise<T>): Promise<T> {
  try {
    using around = newFolder(dirname(path));
    using partial = temporaryDirectory(dirname(path), `.${basename(path)}.partial-`);
    const fresh = join(partial.path, 'fresh');
    const result = await fill(fresh);
    if (existsSync(path)) renameSync(path, join(partial.path, 'old'));
    renameSync(fresh, path);
    around.keep();
    return result;
  } catch (error) {
    throw error instanceof CliError ? error : unwritable(path, error);
  }
}
