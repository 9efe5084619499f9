// Command lines of `charmed` in the documentation can be typed as they stand.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsed } from '../packages/cli/test/parsed.ts';
import { repositoryRoot } from '../tools/checks/workspace.ts';

const pages = globSync(['README.md', 'docs/**/*.md', 'packages/*/README.md'], { cwd: repositoryRoot });
for (const page of pages) {
  const lines = commandLinesOf(readFileSync(join(repositoryRoot, page), 'utf8'));
  if (lines.length === 0) continue;
  void test(`the command lines of ${page} are understood`, async () => {
    for (const line of lines) await parsed(line);
  });
}

/** Of the blocks of shell: lines that run `charmed`, with what is told or piped behind them left out. */
function commandLinesOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```sh$(.*?)^```$/gms)].map(([, block = '']) => block.replaceAll('\\\n', ' '));
  const lines = blocks.flatMap((block) => block.split('\n'));
  return lines.filter((line) => /^ *(npx )?charmed /.test(line)).map((line) => line.trim().replace(/^npx /, ''));
}
