// Reads the `charmcraft.yaml` of a project, and says all that is wrong with it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Charmcraft } from './charmcraft.ts';
import { readYaml } from './document.ts';
import { CharmcraftError, type Finding } from './findings.ts';
import { isMapping, Place } from './place.ts';
import { checkReferences } from './references.ts';
import { charmcraftYaml } from './schema.ts';

const FILE = 'charmcraft.yaml';

/** @throws CharmcraftError with a line for each finding, CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function readCharmcraft(directory: string): Promise<Charmcraft> {
  const path = join(directory, FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `cannot read ${path}. Run this in the folder of a charm, or name the folder.`;
    throw new CliError('no-charmcraft-yaml', message, { cause: error });
  });
  return charmcraftFrom(text, path);
}

/** @param file named in messages. @throws CharmcraftError */
function charmcraftFrom(text: string, file: string = FILE): Charmcraft {
  const read = readYaml(text);
  if ('findings' in read) throw new CharmcraftError(file, read.findings);
  const findings: Finding[] = [];
  const charm = Place.top(read.document, findings);
  charmcraftYaml(charm);
  if (findings.length === 0) checkReferences(charm);
  if (findings.length > 0 || !isMapping(read.document.value)) throw new CharmcraftError(file, findings);
  const present = Object.entries(read.document.value).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as unknown as Charmcraft;
}
