// Whose code is in the bundle, and under which licence: what those licences ask to be passed on.

import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly directory: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The packages that these modules are of, the charm's own left out, in the order of their names. */
export async function packagesOf(modules: readonly string[], project: string): Promise<readonly BundledPackage[]> {
  const packages = new Map<string, BundledPackage>();
  for (const directory of new Set(modules.map((path) => dirname(path)))) {
    const found = await packageAround(directory);
    if (found && found.directory !== project) packages.set(`${found.name}@${found.version}`, found);
  }
  return [...packages.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** One text with the licences of all. */
export async function licencesOf(packages: readonly BundledPackage[]): Promise<string> {
  const texts = packages.map(async ({ name, version, licence, directory }) => {
    return `${name} ${version} (${licence})\n\n${await licenceText(directory)}`;
  });
  return `Code of these packages is in this charm.\n\n${(await Promise.all(texts)).join('\n')}`;
}

async function licenceText(directory: string): Promise<string> {
  const texts: string[] = [];
  for await (const file of glob('{LICEN[CS]E,COPYING,NOTICE}{,.*}', { cwd: directory })) {
    texts.push(`${(await readFile(join(directory, file), 'utf8')).trim()}\n`);
  }
  return texts.toSorted().join('\n');
}

// Some packages have a package.json without a name in a folder, to say what kind of modules are there.
async function packageAround(directory: string): Promise<BundledPackage | undefined> {
  for (let at = directory; at !== dirname(at); at = dirname(at)) {
    const text = await readFile(join(at, 'package.json'), 'utf8').catch(() => undefined);
    const { name, version = '', license = 'no licence named' } = JSON.parse(text ?? '{}') as Partial<Manifest>;
    if (name !== undefined) return { name, version, licence: license, directory: at };
  }
  return undefined;
}
