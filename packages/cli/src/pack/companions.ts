// Files of the project that go into the charm as they are.

import { glob, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CliError } from '../errors.ts';
import type { CharmFile } from './charm-file.ts';
import { namedFiles } from './named-files.ts';

/** `workload` holds what the charm pushes into its containers; the rest is what Juju, Charmhub and observability look for. */
export const COMPANIONS: readonly string[] = [
  'LICENSE',
  'README.md',
  'icon.svg',
  'lxd-profile.yaml',
  'version',
  'workload/**',
  'templates/**',
  'src/{prometheus,loki}_alert_rules/**',
  'src/grafana_dashboards/**',
];
export const LEFT_OUT: readonly string[] = ['**/node_modules', '**/.git', '**/*.test.ts', '**/*.charm'];

/** Their paths in the project, and in the charm. @throws CliError for what package.json names and is not there. */
export async function companionFiles(directory: string): Promise<readonly string[]> {
  const patterns = [...COMPANIONS, ...(await namedFiles(directory))];
  const found = new Set<string>();
  for await (const path of glob(patterns, { cwd: directory, exclude: LEFT_OUT })) {
    if (await isFile(join(directory, path))) found.add(path);
  }
  return [...found].toSorted();
}

async function isFile(path: string): Promise<boolean> {
  const there = await stat(path).catch((error: unknown) => {
    throw new CliError('no-such-file', `cannot pack ${path}: it is a link to nothing. Mend or remove it.`, {
      cause: error,
    });
  });
  return there.isFile();
}

/** With its mode, and what a link leads to in place of the link. @throws CliError `outside` if that is not in the project. */
export async function companionFile(directory: string, name: string): Promise<CharmFile> {
  const path = join(directory, name);
  const outside = relative(await realpath(directory), await realpath(path)).split(sep)[0] === '..';
  if (outside) {
    throw new CliError('outside', `cannot pack ${path}: it is a link out of the project. Copy the file in its place.`);
  }
  return { content: await readFile(path), executable: ((await stat(path)).mode & 0o100) !== 0 };
}
