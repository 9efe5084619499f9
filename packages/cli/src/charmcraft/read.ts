// Reads the `charmcraft.yaml` of a project, and says all that is wrong with it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Charmcraft } from './charmcraft.ts';
import { readYaml } from './document.ts';
import { CharmcraftError, isError, type Finding } from './findings.ts';
import { checkNames } from './naming-conventions.ts';
import { isMapping, Place } from './place.ts';
import { checkReferences } from './references.ts';
import { charmcraftYaml } from './schema.ts';

export const CHARMCRAFT_FILE = 'charmcraft.yaml';

/** @throws CharmcraftError with a line for each error, CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function readCharmcraft(directory: string): Promise<Charmcraft> {
  const { charmcraft, findings } = await examineCharmcraft(directory);
  if (charmcraft) return charmcraft;
  throw new CharmcraftError(join(directory, CHARMCRAFT_FILE), findings.filter(isError));
}

export interface Examined {
  /** `undefined` if there are errors among the findings. */
  readonly charmcraft: Charmcraft | undefined;
  readonly findings: readonly Finding[];
}

/** @throws CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function examineCharmcraft(directory: string): Promise<Examined> {
  const path = join(directory, CHARMCRAFT_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `cannot read ${path}. Run this in the folder of a charm, or name the folder.`;
    throw new CliError('no-charmcraft-yaml', message, { cause: error });
  });
  const read = readYaml(text);
  if ('findings' in read) return { charmcraft: undefined, findings: read.findings };
  const findings: Finding[] = [];
  const charm = Place.top(read.document, findings);
  charmcraftYaml(charm);
  if (!findings.some(isError)) checkReferences(charm);
  if (findings.some(isError) || !isMapping(charm.value)) return { charmcraft: undefined, findings };
  checkNames(charm);
  const present = Object.entries(charm.value).filter(([, value]) => value !== null);
  return { charmcraft: Object.fromEntries(present) as unknown as Charmcraft, findings };
}
