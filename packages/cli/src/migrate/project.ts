// The files of a Python charm's project, as far as they tell what to port or come along.

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOURCE_FILES } from '../charmcraft/sources.ts';
import { COMPANIONS, LEFT_OUT } from '../pack/companions.ts';
import { parsePython, type PythonFile } from './python/syntax.ts';
import type { Leftovers } from './porting-list.ts';

const PLACES_OF_OTHERS = [
  'venv/**',
  '.venv/**',
  '.tox/**',
  '**/node_modules/**',
  'build/**',
  'parts/**',
  'prime/**',
  'stage/**',
];

export async function pythonFiles(directory: string): Promise<readonly PythonFile[]> {
  const files = await filesOf(directory, ['src/**/*.py']);
  return await Promise.all(files.map(async (file) => parsePython(file, await readFile(join(directory, file), 'utf8'))));
}

/** Contents of what goes into the new project as it is. */
export async function filesToKeep(directory: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = await filesOf(directory, [...COMPANIONS, ...SOURCE_FILES]);
  const kept = names.filter((name) => !name.endsWith('.py'));
  return new Map(await Promise.all(kept.map(async (name) => [name, await readFile(join(directory, name))] as const)));
}

export async function leftoversOf(
  directory: string,
  files: readonly PythonFile[],
  charmFile: string,
): Promise<Leftovers> {
  const others = files.filter(({ file, code }) => file !== charmFile && code.trim() !== '');
  return {
    modules: new Map(others.map(({ file, code }) => [file, code.trimEnd().split('\n').length])),
    libraries: (await filesOf(directory, ['lib/charms/**/*.py'])).filter((file) => !file.endsWith('__init__.py')),
    packages: await pythonPackages(directory),
    tests: await filesOf(directory, ['tests/**/*.py', 'test/**/*.py']),
  };
}

async function pythonPackages(directory: string): Promise<readonly string[]> {
  const requirements = await textOf(join(directory, 'requirements.txt'));
  const listed = requirements.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const project = await textOf(join(directory, 'pyproject.toml'));
  const [, dependencies = ''] = /^dependencies\s*=\s*\[([^]*?)\]\s*$/m.exec(project) ?? [];
  const quoted = [...dependencies.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => double ?? single ?? '');
  return [...new Set([...listed.filter((line) => /^[A-Za-z]/.test(line)), ...quoted])];
}

async function filesOf(directory: string, patterns: readonly string[]): Promise<readonly string[]> {
  const exclude = [...LEFT_OUT, ...PLACES_OF_OTHERS];
  const found: string[] = [];
  for await (const entry of glob([...patterns], { cwd: directory, exclude, withFileTypes: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(join(directory, '/').length));
  }
  return [...new Set(found)].toSorted();
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
