// Writes the samples of all pages into folders where they can be compiled and run, a folder a page.

import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCharmcraft, writeTypes } from '@charmed/cli';
import { repositoryRoot } from '../checks/workspace.ts';
import { samplesOf } from './samples.ts';

const DOCS = join(repositoryRoot, 'docs');

/** What every charm has; a page shows the rest. */
const CHARMCRAFT = [
  'name: sample',
  'type: charm',
  'summary: A sample',
  'description: A sample of the documentation.',
  'base: ubuntu@24.04',
  'platforms: { amd64: }',
  'parts: { charm: { plugin: nil } }',
];

export interface Page {
  /** Relative to the documentation. */
  readonly path: string;
  readonly directory: string;
  readonly files: readonly string[];
}

/** @param directory of the caller's own, inside the repository so that the samples find our packages. It is emptied first. */
export async function writeSamples(directory: string): Promise<readonly Page[]> {
  rmSync(directory, { recursive: true, force: true });
  const pages: Page[] = [];
  for (const path of globSync('**/*.md', { cwd: DOCS, exclude: ['node_modules', '.samples'] }).toSorted()) {
    const samples = readSamples(path);
    const folder = join(directory, path.replace(/\.md$/, ''));
    for (const [file, content] of samples) write(join(folder, file), content);
    if (samples.has('charmcraft.yaml')) await writeTypes(folder, await readCharmcraft(folder));
    if (samples.size > 0) pages.push({ path, directory: folder, files: [...samples.keys()] });
  }
  return pages;
}

function readSamples(path: string): ReadonlyMap<string, string> {
  try {
    return samplesOf(readFileSync(join(DOCS, path), 'utf8'));
  } catch (error) {
    throw new Error(`cannot take the samples from docs/${path}: ${(error as Error).message}`, { cause: error });
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('charmcraft.yaml') ? complete(content) : content);
}

function complete(excerpt: string): string {
  const isMissing = (line: string) => !excerpt.includes(`\n${line.replace(/:.*/, ':')}`);
  return `${excerpt}${CHARMCRAFT.filter(isMissing).join('\n')}\n`;
}
