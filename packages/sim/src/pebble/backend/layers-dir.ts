// Reads the layers directory: `NNN-label.yaml`, and in `NNN-label.d` the same once more
// (canonical/pebble docs/how-to/use-layers.md; internals/plan/plan.go, ReadLayersDir).

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LayerConfig, parseLayerText, quote } from '@charmed/ops/internal';
import { badRequest, type PebbleError } from '../engine/errors.ts';

interface Entry {
  readonly path: string;
  readonly label: string;
  readonly isDirectory: boolean;
}

const namePattern = /^(\d{3})-([a-z](?:-?[a-z0-9]){2,})\.(?:yaml|d)$/;

/** In their order; none when there is no directory. @throws LayerError, PebbleError */
export function readLayersDir(directory: string): LayerConfig[] {
  if (!existsSync(directory)) return [];
  return readEntries(directory).flatMap(({ path, label, isDirectory }) => {
    if (!isDirectory) return [parseLayerText(label, readFileSync(path, 'utf8'))];
    const inner = readEntries(path);
    if (inner.some((entry) => entry.isDirectory)) {
      throw badRequest('cannot have a layers sub-directory at this level');
    }
    return inner.map((entry) => parseLayerText(`${label}/${entry.label}`, readFileSync(entry.path, 'utf8')));
  });
}

function readEntries(directory: string): Entry[] {
  const taken = new Map<string, string>();
  const names = readdirSync(directory).filter((name) => name.endsWith('.yaml') || name.endsWith('.d'));
  return names.toSorted().map((name) => {
    const path = join(directory, name);
    const isDirectory = statSync(path).isDirectory();
    const [, order = '', label = ''] = namePattern.exec(name) ?? [];
    if (order === '') throw invalidName(name, isDirectory);
    const other = taken.get(order) ?? taken.get(label);
    if (other !== undefined) {
      throw badRequest(`invalid layer filename: ${quote(name)} not unique (have ${quote(other)} already)`);
    }
    taken.set(order, name).set(label, name);
    return { path, label, isDirectory };
  });
}

function invalidName(name: string, isDirectory: boolean): PebbleError {
  return isDirectory
    ? badRequest(`invalid layer sub-directory name: ${quote(name)} (must look like "123-some-label.d")`)
    : badRequest(`invalid layer filename: ${quote(name)} (must look like "123-some-label.yaml")`);
}
