// Reads the metadata of a charm that does not carry it as a constant: from charmcraft.yaml in a project, from the three files of a
// packed charm. YAML is loaded for this, at about 15 ms a dispatch; a charm with `charmed types` does without.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpsError, reasonOf } from '../errors.ts';
import type { MetaSource } from '../meta/source.ts';

/** @throws OpsError `no-metadata` when there is none in the directory, `bad-metadata` when it is not a mapping in YAML. */
export async function readMeta(charmDir: string): Promise<MetaSource> {
  const { parse } = await import('yaml');
  const read = (name: string) => readMapping(join(charmDir, name), parse);
  const metadata = read('metadata.yaml');
  if (!metadata) return (read('charmcraft.yaml') ?? missing(charmDir)) as MetaSource;
  const [config, actions] = [read('config.yaml'), read('actions.yaml')];
  return { ...metadata, ...(config && { config }), ...(actions && { actions }) } as MetaSource;
}

function readMapping(path: string, parse: (text: string) => unknown): object | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const content = parse(readFileSync(path, 'utf8'));
    if (content === null) return undefined; // as empty as if it were not there
    if (typeof content === 'object' && !Array.isArray(content)) return content;
  } catch (error) {
    throw new OpsError('bad-metadata', `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
  throw new OpsError('bad-metadata', `cannot read ${path}: it has to be a mapping, such as "name: web"`);
}

function missing(charmDir: string): never {
  throw new OpsError('no-metadata', `cannot find metadata.yaml or charmcraft.yaml in ${charmDir}`);
}
