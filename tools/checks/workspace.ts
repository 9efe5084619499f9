// The packages and example charms of this repository: their manifests and their TypeScript files.

import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const repositoryRoot: string = resolve(import.meta.dirname, '../..');

export const SOURCE_CONDITION = '@charmed/source';

export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Package {
  readonly name: string;
  readonly directory: string;
  readonly manifest: Manifest;
  /** Absolute paths of its .ts files, tests included. */
  readonly files: readonly string[];
}

/** Packages below `root`, in the folders that `patterns` match: `packages/*`. */
export function packagesIn(root: string, patterns: readonly string[]): Package[] {
  return patterns
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
    .toSorted()
    .map((path) => readPackage(dirname(join(root, path))));
}

/** The file that a package's specifier (`@charmed/ops/internal`) leads to when run from source. */
export function sourceOf(packages: readonly Package[], specifier: string): string | undefined {
  const owner = packages.find(({ name }) => name === packageNameOf(specifier));
  const exported = owner?.manifest.exports?.[`.${specifier.slice(owner.name.length)}`];
  const path = typeof exported === 'object' ? exported[SOURCE_CONDITION] : undefined;
  return owner && path ? join(owner.directory, path) : undefined;
}

/** `@scope/name/sub` -> `@scope/name`, `name/sub` -> `name`. */
export function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Whether a path, relative to the package or the repository, is that of a test. */
export function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$|(^|\/)tests?\//.test(path);
}

export function readManifest(directory: string): Manifest {
  const path = join(directory, 'package.json');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm has read the same file before us
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

function readPackage(directory: string): Package {
  const manifest = readManifest(directory);
  const files = globSync('**/*.ts', {
    cwd: directory,
    exclude: ['**/node_modules', 'dist', 'templates', '**/.charmed'],
  });
  return { name: manifest.name, directory, manifest, files: files.toSorted().map((file) => join(directory, file)) };
}
