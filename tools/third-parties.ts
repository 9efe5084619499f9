// Puts packages of others where `npm install` would, from those that are installed here: a registry is not needed then.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from './checks/workspace.ts';

interface Locked {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, Locked>>;

/** All that packages of these names need, at the versions of our lock. @param project gets a `node_modules`. */
export function placeThirdParties(names: readonly string[], project: string): void {
  const lock = (JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as { packages: Lock })
    .packages;
  const found = new Set<string>();
  for (const name of names) collect(lock, name, '', found);
  const places = [...found].filter((place) => /^(packages\/[^/]+\/)?node_modules\/(?!.*node_modules)/.test(place));
  for (const [folder, inFolder] of Map.groupBy(places, (place) => place.replace(/node_modules.*/, ''))) {
    const paths = inFolder.map((place) => place.slice(folder.length));
    copy(join(repositoryRoot, folder), paths, project);
    for (const path of paths) linkPrograms(lock[`${folder}${path}`]?.bin ?? {}, path, project);
  }
}

/** Adds the place of a package, as one at `from` finds it, and those of all that it needs. */
function collect(lock: Lock, name: string, from: string, found: Set<string>): void {
  const place = placeOf(lock, name, from);
  if (place === undefined || found.has(place)) return;
  const { link, resolved = '', dependencies, optionalDependencies } = lock[place] ?? {};
  if (!link && !existsSync(join(repositoryRoot, place))) return; // for another architecture
  found.add(place);
  if (link) {
    const { dependencies: ours, optionalDependencies: alsoOurs } = lock[resolved] ?? {};
    for (const needed of Object.keys({ ...ours, ...alsoOurs })) collect(lock, needed, resolved, found);
    found.delete(place);
  } else
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) collect(lock, needed, place, found);
}

function placeOf(lock: Lock, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (lock[place] !== undefined) return place;
    if (folder === '' || folder === '.') return undefined;
  }
}

// Links, where both are on one disk: what is in these packages is large.
function copy(from: string, paths: readonly string[], to: string): void {
  const flags = ['--archive', '--parents', '--target-directory', to];
  try {
    execFileSync('cp', ['--link', ...flags, ...paths], { cwd: from, stdio: 'ignore' });
  } catch {
    execFileSync('cp', [...flags, ...paths], { cwd: from });
  }
}

function linkPrograms(bin: Readonly<Record<string, string>>, path: string, project: string): void {
  for (const [name, program] of Object.entries(bin)) {
    const link = join(project, 'node_modules/.bin', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join('..', path.slice('node_modules/'.length), program), link);
  }
}
