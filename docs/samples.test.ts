// What the documentation shows compiles, and its tests pass.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { repositoryRoot, SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { writeSamples } from '../tools/docs/write-samples.ts';

const SAMPLES = join(import.meta.dirname, '.samples/compiled');
const pages = await writeSamples(SAMPLES);

void test('samples have the types that they should', async () => {
  const config = {
    extends: '../../../tsconfig.base.json',
    compilerOptions: { noUnusedLocals: false },
    include: ['**/*.ts'],
  };
  writeFileSync(join(SAMPLES, 'tsconfig.json'), JSON.stringify(config));
  await run('tsc', '-p', SAMPLES);
});

for (const { path, directory, files } of pages) {
  const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => join(directory, file));
  if (tests.length > 0) {
    void test(`the tests of ${path} pass`, () => run('node', `--conditions=${SOURCE_CONDITION}`, '--test', ...tests));
  }
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  try {
    await promisify(execFile)(join(repositoryRoot, 'node_modules/.bin', program), args, { cwd: repositoryRoot, env });
  } catch (error) {
    throw new Error((error as { readonly stdout: string }).stdout, { cause: error });
  }
}
