// The page on `charmed check` shows what it prints.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot, SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { writeSamples } from '../tools/docs/write-samples.ts';

const SAMPLES = join(import.meta.dirname, '.samples/checked');
const CHARMED = join(repositoryRoot, 'packages/cli/src/charmed.ts');
const SHOWN = /```sh\ncharmed check (\w+)\n```\n\n```text\n([\s\S]*?)```/g;

const page = readFileSync(join(import.meta.dirname, 'how-to/check.md'), 'utf8');
const { directory = '', files = [] } =
  (await writeSamples(SAMPLES)).find(({ path }) => path === 'how-to/check.md') ?? {};
for (const file of files) {
  // Samples begin at their line of the page; here the lines are those of the file.
  const path = join(directory, file);
  writeFileSync(path, readFileSync(path, 'utf8').trimStart());
}

for (const [, folder = '', output] of page.matchAll(SHOWN)) {
  test(`what is said of ${folder}`, async () => {
    assert.equal(await check(directory, folder), output);
  });
}

async function check(cwd: string, folder: string): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = [`--conditions=${SOURCE_CONDITION}`, CHARMED, 'check', folder];
  return await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (_error, stdout) => resolve(stdout));
  });
}
