// Writes the samples of all pages into folders where they can be compiled and run, a folder a page.

import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCharmcraft, writeTypes } from '@charmed/cli';
import { repositoryRoot } from '../checks/workspace.ts';
import { samplesOf } from './samples.ts';

const DOCS = join(repositoryRoot, 'docs');
export const SAMPLES: string = join(DOCS, '.samples');

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

export async function writeSamples(): Promise<readonly Page[]> {
  rmSync(SAMPLES, { recursive: true, force: true });
  const pages: Page[] = [];
  for (const path of globSync('**/*.md', { cwd: DOCS, exclude: ['node_modules'] }).toSorted()) {
    const samples = readSamples(path);
    const directory = join(SAMPLES, path.replace(/\.md$/, ''));
    for (const [file, content] of samples) write(join(directory, file), content);
    if (samples.has('charmcraft.yaml')) await writeTypes(directory, await readCharmcraft(directory));
    if (samples.size > 0) pages.push({ path, directory, files: [...samples.keys()] });
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
