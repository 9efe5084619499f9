// From a charm's project to what a charm file holds, platform by platform.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readProject } from '../charmcraft/read.ts';
import { requireChecked } from '../check/require-checked.ts';
import { CliError } from '../errors.ts';
import type { Finding } from '../findings/finding.ts';
import { writeTypes } from '../types/write.ts';
import { bundle } from './bundle.ts';
import type { Contents } from './charm-file.ts';
import { commonContents, platformContents, type Runtime } from './contents.ts';
import { findNode } from './node-binary.ts';
import { ownArchitecture, platformsOf, type CharmPlatform } from './platform.ts';
import { selfCheck } from './self-check.ts';

const ENTRY = 'src/charm.ts';

export interface BuildOptions {
  /** Labels of platforms, or `host` for this machine's. Default: all of charmcraft.yaml. */
  readonly platforms?: readonly string[];
  /** Default: `carried`. */
  readonly runtime?: Runtime;
  /** Where large files are kept for the next time. Default: `CHARMED_CACHE`, else `charmed` in the user's cache. */
  readonly cacheDirectory?: string;
  /** Told what is being done. */
  readonly onStep?: (step: string) => void;
  /** Told what `charmed check` warns of. */
  readonly onWarning?: (finding: Finding) => void;
}

export interface BuiltCharm {
  readonly name: string;
  readonly platform: CharmPlatform;
  /** All but Node. */
  readonly contents: Contents;
  /** Path of the Node that it carries, if it carries one. */
  readonly node: string | undefined;
  /** Whether it was run once. */
  readonly isChecked: boolean;
}

/** @throws CliError for whatever the user can mend. */
export async function* buildCharms(folder: string, options: BuildOptions): AsyncGenerator<BuiltCharm> {
  const directory = resolve(folder);
  const { runtime = 'carried', onStep: step = () => undefined, onWarning = () => undefined, cacheDirectory } = options;
  step('checking the project');
  const project = await readProject(folder);
  const platforms = platformsOf(project.charmcraft, options.platforms);
  const entry = join(directory, ENTRY);
  if (!existsSync(entry)) throw new CliError('no-entry', `cannot pack ${directory}: it has no ${ENTRY}`);
  if (await writeTypes(directory, project.charmcraft)) step('wrote src/charm.gen.ts, which was not up to date');
  await requireChecked(folder, project, onWarning);
  step('bundling');
  const common = await commonContents(directory, await bundle(entry), runtime);
  for (const platform of platforms) {
    const contents = new Map([...common, ...platformContents(project, platform)]);
    const node = runtime === 'carried' ? await findNode(platform, directory, cacheDirectory) : undefined;
    const isChecked = node !== undefined && platform.architecture === ownArchitecture;
    if (isChecked) {
      step('starting the charm once');
      await selfCheck(contents, node);
    }
    step(`writing the charm for ${platform.label}`);
    yield { name: project.charmcraft.name, platform, contents, node, isChecked };
  }
}
