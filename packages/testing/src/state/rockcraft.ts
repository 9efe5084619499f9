// The layer that a rock comes with.

import { readFile } from 'node:fs/promises';
import { parseLayer, type Layer } from '@charmed/ops/pebble';
import { StateValidationError } from './errors.ts';

/**
 * The services and checks of a `rockcraft.yaml`, as a layer for a {@link Container}:
 * `new Container('web', { layers: { rock: await layerFromRockcraft('rockcraft.yaml') } })`.
 *
 * @throws StateValidationError when there is no such file, or it is no mapping; PebbleLayerError for what Pebble would refuse.
 */
export async function layerFromRockcraft(path: string): Promise<Layer> {
  const { parse } = await import('yaml');
  const rock: unknown = parse(await textOf(path));
  if (typeof rock !== 'object' || rock === null || Array.isArray(rock)) {
    throw new StateValidationError(`cannot read ${path}: it has to be a mapping, such as "name: web"`);
  }
  const { summary = '', description = '(no description)', services = {}, checks = {} } = rock as Rock;
  const told = `${description.trimEnd()} (built from the rockcraft.yaml at ${path})`;
  return parseLayer({ summary, description: told, services, checks }, path);
}

interface Rock {
  readonly summary?: string;
  readonly description?: string;
  readonly services?: object;
  readonly checks?: object;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new StateValidationError(`cannot read ${path}: give the path of a rockcraft.yaml`);
  }
}
