// What a packed charm says of itself: metadata.yaml, config.yaml and actions.yaml as one.

import type { MetaSource } from '@charmed/ops/internal';
import { reasonOf } from '@charmed/ops/internal';
import { parse } from 'yaml';
import { CharmError, withArchive, type Archive } from './archive.ts';

/**
 * Reads and checks a `.charm` file.
 *
 * @throws CharmError `bad-archive` when it is no zip, `bad-charm` when it lacks what a charm must have.
 */
export async function readCharm(path: string): Promise<MetaSource> {
  return await withArchive(path, async (archive) => {
    checkDispatch(path, archive);
    const metadata = await yamlOf(path, archive, 'metadata.yaml');
    if (metadata === undefined)
      throw new CharmError(
        'bad-charm',
        `cannot deploy ${path}: it has no metadata.yaml; pack it with \`charmed pack\``,
      );
    if (typeof metadata.name !== 'string' || metadata.name === '') {
      throw new CharmError('bad-charm', `cannot deploy ${path}: its metadata.yaml has no name`);
    }
    const config = await yamlOf(path, archive, 'config.yaml');
    const actions = await yamlOf(path, archive, 'actions.yaml');
    return { ...metadata, ...(config && { config }), ...(actions && { actions }) } as unknown as MetaSource;
  });
}

// Juju finds out when it runs the first hook. Nothing is gained by waiting for that.
function checkDispatch(path: string, archive: Archive): void {
  const mode = archive.mode('dispatch');
  if (mode === undefined && !archive.names().some((name) => name.startsWith('hooks/'))) {
    throw new CharmError('bad-charm', `cannot deploy ${path}: it has neither a dispatch file nor hooks`);
  }
  if (mode !== undefined && (mode & 0o111) === 0) {
    throw new CharmError(
      'bad-charm',
      `cannot deploy ${path}: its dispatch is not executable; set the mode to 755 and pack it again`,
    );
  }
}

async function yamlOf(path: string, archive: Archive, name: string): Promise<Record<string, unknown> | undefined> {
  const text = await archive.text(name);
  if (text === undefined) return undefined;
  const value = parsed(path, name, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CharmError('bad-charm', `cannot read ${name} in ${path}: expected a mapping`);
}

function parsed(path: string, name: string, text: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw new CharmError('bad-charm', `cannot read ${name} in ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
