// The files of a packed charm.

import type { Project } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import type { Bundle } from './bundle.ts';
import type { CharmFile, Contents } from './charm-file.ts';
import { companionFile, companionFiles } from './companions.ts';
import { dispatchScript, NODE, STUB, stub } from './launcher.ts';
import { licencesOf, packagesOf } from './licences.ts';
import { metadataFiles } from './metadata.ts';
import { refuseNativeCode } from './native-code.ts';
import type { CharmPlatform } from './platform.ts';

/** Where the charm finds its Node: it carries it, or it runs `node` of its PATH, or one at a path of its machine or container. */
export type Runtime = 'carried' | 'none' | `/${string}`;

/** What is the same for all platforms. @throws CliError `native-code`. */
export async function commonContents(directory: string, bundle: Bundle, runtime: Runtime): Promise<Contents> {
  const packages = await packagesOf(bundle.modules, directory);
  refuseNativeCode(packages, bundle.files.map(({ content }) => content).join());
  const node = { carried: `./${NODE}`, none: 'node' }[runtime as string] ?? runtime;
  const contents = new Map<string, CharmFile>([
    ['dispatch', { content: dispatchScript(node), executable: true }],
    [STUB, { content: stub, executable: true }],
    ['licences.txt', { content: await licencesOf(packages) }],
  ]);
  for (const { name, content } of bundle.files) contents.set(`src/${name}`, { content });
  for (const name of await companionFiles(directory)) {
    if (contents.has(name)) throw taken(name);
    contents.set(name, await companionFile(directory, name));
  }
  return contents;
}

function taken(name: string): CliError {
  return new CliError('taken', `cannot pack ${name} of the project: the charm has its own ${name}. Rename it.`);
}

/** What differs from one platform to the other, Node apart. */
export function platformContents(project: Project, platform: CharmPlatform): Contents {
  return new Map([...metadataFiles(project, platform)].map(([name, content]) => [name, { content }]));
}
