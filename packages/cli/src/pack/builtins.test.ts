import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle } from './bundle.ts';

async function bundled(source: string): Promise<string> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-bundle-'));
  const entry = join(directory.path, 'charm.ts');
  await writeFile(entry, source);
  const {
    files: [file],
  } = await bundle(entry);
  return file?.content ?? '';
}

/** What a script prints. */
function outputOf(script: string): string {
  return execFileSync(process.execPath, ['--input-type=commonjs'], { input: script, encoding: 'utf8' });
}

test('modules of Node come without an import, by name, default or namespace', async () => {
  const code = await bundled(`
    import { join as path } from 'node:path';
    import os, { EOL } from 'os';
    import * as url from 'node:url';
    console.log(path('a', 'b'), os.EOL === EOL, url.fileURLToPath('file:///c'));
  `);
  assert.doesNotMatch(code, /\bimport\b/);
  assert.equal(outputOf(code), 'a/b true /c\n');
});

test('what is not imported of a module is not touched', async () => {
  const code = await bundled(`import { readFileSync } from 'node:fs'; console.log(readFileSync);`);
  assert.doesNotMatch(code, /ReadStream|promises/);
});
