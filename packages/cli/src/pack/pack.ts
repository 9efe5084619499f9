// From a charm's project to the files that Juju deploys, one for each platform.

import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { reasonOf } from '@charmed/ops/internal';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { writeTypes } from '../types/write.ts';
import { archive, type ArchiveFile } from './archive.ts';
import { bundle } from './bundle.ts';
import { commonContents, platformContents, type Contents, type Runtime } from './contents.ts';
import { NODE } from './launcher.ts';
import { deflated, findNode } from './node-binary.ts';
import { ownArchitecture, platformsOf, type CharmPlatform } from './platform.ts';
import { selfCheck } from './self-check.ts';

const ENTRY = 'src/charm.ts';

export interface PackOptions {
  /** Where the files go. Default: the current folder. */
  readonly output?: string;
  /** Labels of platforms, or `host` for this machine's. Default: all of charmcraft.yaml. */
  readonly platforms?: readonly string[];
  /** Default: `carried`. */
  readonly runtime?: Runtime;
  /** Told what is being done. */
  readonly onStep?: (step: string) => void;
}

export interface PackedCharm {
  readonly path: string;
  readonly bytes: number;
  readonly platform: string;
  /** Whether it was run once. It is not when it is for another architecture, or without a Node of its own. */
  readonly isChecked: boolean;
  /** What is in it, with sizes in bytes before they are deflated. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** @throws CliError for whatever the user can mend; no file is left half-written. */
export async function pack(project: string, options: PackOptions = {}): Promise<readonly PackedCharm[]> {
  const directory = resolve(project);
  const { runtime = 'carried', onStep: step = () => undefined } = options;
  step('reading charmcraft.yaml');
  const charmcraft = await readCharmcraft(directory);
  const platforms = platformsOf(charmcraft, options.platforms);
  const entry = join(directory, ENTRY);
  if (!existsSync(entry)) throw new CliError('no-entry', `cannot pack ${directory}: it has no ${ENTRY}`);
  if (await writeTypes(directory, charmcraft)) step('wrote src/charm.gen.ts, which was not up to date');
  step('bundling');
  const common = await commonContents(directory, await bundle(entry), runtime);
  const packed: PackedCharm[] = [];
  for (const platform of platforms) {
    const contents = new Map([...common, ...platformContents(charmcraft, platform)]);
    const isChecked = await addNode(contents, { platform, runtime, directory, step });
    step(`writing the charm for ${platform.label}`);
    packed.push(await written(contents, { charmcraft, platform, isChecked, output: options.output ?? '.' }));
  }
  return packed;
}

interface NodeOptions {
  readonly platform: CharmPlatform;
  readonly runtime: Runtime;
  readonly directory: string;
  readonly step: (step: string) => void;
}

/** Returns whether the charm was run with it. */
async function addNode(
  contents: Map<string, ArchiveFile>,
  { platform, runtime, directory, step }: NodeOptions,
): Promise<boolean> {
  if (runtime !== 'carried') return false;
  step(`adding Node for ${platform.architecture}`);
  const node = await findNode(platform, directory);
  contents.set(NODE, { content: await deflated(node), executable: true });
  if (platform.architecture !== ownArchitecture) return false;
  step('starting the packed charm once');
  await selfCheck(contents, node);
  return true;
}

interface WriteOptions {
  readonly charmcraft: Charmcraft;
  readonly platform: CharmPlatform;
  readonly isChecked: boolean;
  readonly output: string;
}

async function written(contents: Contents, options: WriteOptions): Promise<PackedCharm> {
  const { charmcraft, platform, isChecked, output } = options;
  const bytes = await archive(contents);
  const path = resolve(output, `${charmcraft.name}_${platform.label}.charm`);
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new CliError('cannot-write', `cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
  const files = [...contents].map(([name, { content }]) => ({ name, bytes: sizeOf(content) }));
  return { path, bytes: bytes.length, platform: platform.label, isChecked, files };
}

function sizeOf(content: string | Uint8Array | { readonly size: number }): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  return content instanceof Uint8Array ? content.length : content.size;
}
