// What the documentation says of `charmed` is so: the reference is what the commands say, and command lines of all pages can be typed.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsed } from '../packages/cli/test/parsed.ts';
import { repositoryRoot } from '../tools/checks/workspace.ts';
import { commandReference, PAGE } from '../tools/docs/command-reference.ts';

void test('the reference of charmed is what the commands say', async () => {
  const advice = 'run: node --conditions=@charmed/source tools/docs/command-reference.ts';
  assert.equal(readFileSync(PAGE, 'utf8'), await commandReference(), advice);
});

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
