// From a charm's project to the files that Juju deploys, one for each platform.

import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { readProject } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { writeTypes } from '../types/write.ts';
import { unwritable, writeWhole } from '../write-whole.ts';
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
  /** Where large files are kept for the next time. Default: `CHARMED_CACHE`, else `charmed` in the user's cache. */
  readonly cacheDirectory?: string;
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
export async function pack(folder: string, options: PackOptions = {}): Promise<readonly PackedCharm[]> {
  const directory = resolve(folder);
  const { runtime = 'carried', onStep: step = () => undefined, cacheDirectory } = options;
  step('reading charmcraft.yaml');
  const project = await readProject(folder);
  const { charmcraft } = project;
  const platforms = platformsOf(charmcraft, options.platforms);
  await requireFolder(options.output ?? '.');
  const entry = join(directory, ENTRY);
  if (!existsSync(entry)) throw new CliError('no-entry', `cannot pack ${directory}: it has no ${ENTRY}`);
  if (await writeTypes(directory, charmcraft)) step('wrote src/charm.gen.ts, which was not up to date');
  step('bundling');
  const common = await commonContents(directory, await bundle(entry), runtime);
  const packed: PackedCharm[] = [];
  for (const platform of platforms) {
    const contents = new Map([...common, ...platformContents(project, platform)]);
    const isChecked = await addNode(contents, { platform, runtime, directory, cacheDirectory, step });
    step(`writing the charm for ${platform.label}`);
    packed.push(await written(contents, { charmcraft, platform, isChecked, output: options.output ?? '.' }));
  }
  return packed;
}

// Better told before the work than after it.
async function requireFolder(output: string): Promise<void> {
  await access(output, constants.W_OK).catch((error: unknown) => {
    throw unwritable(join(output, 'the charm'), error);
  });
}

interface NodeOptions {
  readonly platform: CharmPlatform;
  readonly runtime: Runtime;
  readonly directory: string;
  readonly cacheDirectory: string | undefined;
  readonly step: (step: string) => void;
}

/** Returns whether the charm was run with it. */
async function addNode(
  contents: Map<string, ArchiveFile>,
  { platform, runtime, directory, cacheDirectory, step }: NodeOptions,
): Promise<boolean> {
  if (runtime !== 'carried') return false;
  const node = await findNode(platform, directory, cacheDirectory);
  const isOwn = platform.architecture === ownArchitecture;
  if (isOwn) {
    step('starting the charm once');
    await selfCheck(contents, node);
  }
  step(`adding Node for ${platform.architecture}`);
  contents.set(NODE, { content: await deflated(node, cacheDirectory), executable: true });
  return isOwn;
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
  await writeWhole(path, bytes);
  const files = [...contents].map(([name, { content }]) => ({ name, bytes: sizeOf(content) }));
  return { path, bytes: bytes.length, platform: platform.label, isChecked, files };
}

function sizeOf(content: string | Uint8Array | { readonly size: number }): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  return content instanceof Uint8Array ? content.length : content.size;
}
