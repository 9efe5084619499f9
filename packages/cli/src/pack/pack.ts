// From a charm's project to the one file that Juju deploys.

import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { writeTypes } from '../types/write.ts';
import { archive, type ArchiveFile } from './archive.ts';
import { bundle } from './bundle.ts';
import { companionFiles } from './companions.ts';
import { dispatchScript, NODE, STUB, stub } from './launcher.ts';
import { metadataFiles } from './metadata.ts';
import { deflated, findNode } from './node-binary.ts';
import { platformOf } from './platform.ts';
import { selfCheck } from './self-check.ts';

const ENTRY = 'src/charm.ts';

export interface PackOptions {
  /** Where the file goes. Default: the current folder. */
  readonly output?: string;
  /** Told what is being done. */
  readonly onStep?: (step: string) => void;
}

export interface PackedCharm {
  readonly path: string;
  readonly bytes: number;
}

/** @throws CliError for whatever the user can mend; nothing is written then. */
export async function pack(project: string, options: PackOptions = {}): Promise<PackedCharm> {
  const directory = resolve(project);
  const step = options.onStep ?? (() => undefined);
  step('reading charmcraft.yaml');
  const charmcraft = await readCharmcraft(directory);
  const platform = platformOf(charmcraft);
  const entry = join(directory, ENTRY);
  if (!existsSync(entry)) throw new CliError('no-entry', `cannot pack ${directory}: it has no ${ENTRY}`);
  if (await writeTypes(directory, charmcraft)) step('wrote src/charm.gen.ts, which was not up to date');

  step('bundling');
  const files = new Map<string, ArchiveFile>([
    ['dispatch', { content: dispatchScript, executable: true }],
    [STUB, { content: stub, executable: true }],
  ]);
  for (const { name, content } of await bundle(entry)) files.set(`src/${name}`, { content });
  for (const [name, content] of metadataFiles(charmcraft, platform)) files.set(name, { content });
  for (const name of await companionFiles(directory))
    files.set(name, { content: await readFile(join(directory, name)) });

  step('adding Node');
  const node = await findNode(platform.architecture, directory);
  files.set(NODE, { content: await deflated(node), executable: true });
  step('starting the packed charm once');
  await selfCheck(files, node);

  step('writing the charm');
  const bytes = await archive(files);
  const path = resolve(options.output ?? '.', `${charmcraft.name}_${platform.label}.charm`);
  await writeFile(`${path}.partial`, bytes);
  await rename(`${path}.partial`, path);
  return { path, bytes: bytes.length };
}
