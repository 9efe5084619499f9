// Keeps `src/charm.gen.ts` in step with `charmcraft.yaml`.

import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { unwritable, writeWhole } from '../write-whole.ts';
import { renderTypes } from './render.ts';

export const TYPES_FILE = 'src/charm.gen.ts';

export async function areTypesStale(directory: string, charmcraft: Charmcraft): Promise<boolean> {
  const current = await readFile(join(directory, TYPES_FILE), 'utf8').catch(() => undefined);
  return current !== renderTypes(charmcraft);
}

/** Whether the file had to be written. One that is as it should be is left alone, so that nothing rebuilds for it. */
export async function writeTypes(directory: string, charmcraft: Charmcraft): Promise<boolean> {
  if (!(await areTypesStale(directory, charmcraft))) return false;
  const path = join(directory, TYPES_FILE);
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  await writeWhole(path, renderTypes(charmcraft));
  return true;
}
