// Fails for source files that hold too much: each is to be one idea that reads from the top down.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTest, repositoryRoot } from './workspace.ts';

const SOURCE_LINES = 500;
const TEST_LINES = 800;

/** Files below `root`, known to git or new and not ignored, that are longer than allowed; one line each. */
export function oversizedFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const sources = new Set(
    listed
      .toString()
      .split('\0')
      .filter((file) => /\.(ts|js|mjs|go|py|sh)$/.test(file) && !file.endsWith('.gen.ts')),
  );
  return [...sources].flatMap((file) => {
    if (!existsSync(join(root, file))) return [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    const limit = isTest(file) || file.endsWith('_test.go') ? TEST_LINES : SOURCE_LINES;
    return lines > limit
      ? [`${file}: ${lines} lines, at most ${limit} are allowed; what are the two ideas in it?`]
      : [];
  });
}

if (import.meta.main) {
  const oversized = oversizedFiles(repositoryRoot);
  for (const line of oversized) console.log(line);
  if (oversized.length > 0) process.exitCode = 1;
}
