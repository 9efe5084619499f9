// The files of a charm in a folder for each architecture, which a part of charmcraft takes by `plugin: dump`. What charmcraft makes of
// charmcraft.yaml by itself is not among them.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../errors.ts';
import { writeFolder } from '../write-folder.ts';
import { buildCharms, type BuildOptions, type BuiltCharm } from './build.ts';
import { placeFiles } from './charm-file.ts';
import { NODE, STUB } from './launcher.ts';
import { MADE_BY_CHARMCRAFT } from './metadata.ts';
import type { Architecture } from './platform.ts';

export interface CharmFolder {
  readonly path: string;
  readonly architecture: Architecture;
  /** Whether the charm was run once. */
  readonly isChecked: boolean;
}

/**
 * Writes `amd64`, `arm64` into `output`, which is made. What was written there before is replaced.
 *
 * @throws CliError for whatever the user can mend; no folder is left half-written.
 */
export async function packIntoFolders(
  folder: string,
  output: string,
  options: BuildOptions = {},
): Promise<readonly CharmFolder[]> {
  const written = new Map<Architecture, CharmFolder>();
  for await (const charm of buildCharms(folder, options)) {
    const { architecture } = charm.platform;
    if (written.has(architecture)) continue; // platforms that differ in their base alone
    const path = resolve(output, architecture);
    await write(charm, path);
    written.set(architecture, { path, architecture, isChecked: charm.isChecked });
  }
  return [...written.values()];
}

async function write({ contents, node }: BuiltCharm, path: string): Promise<void> {
  await requireOwn(path);
  const files = [...contents].filter(([name]) => !MADE_BY_CHARMCRAFT.has(name));
  await writeFolder(path, async (directory) => {
    await placeFiles(directory, files);
    if (node !== undefined) await placeNode(join(directory, NODE), node);
  });
}

// What is there is lost: so it must be something that this has written, or nothing.
async function requireOwn(path: string): Promise<void> {
  const names = await readdir(path).catch(() => []);
  if (names.length === 0 || existsSync(join(path, STUB))) return;
  throw new CliError('taken', `cannot write ${path}: it has ${names[0]}, which is of no charm. Name another folder.`);
}

async function placeNode(path: string, node: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await copyFile(node, path);
}
