import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle } from './bundle.ts';

async function bundled(source: string): Promise<string> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-bundle-'));
  const entry = join(directory.path, 'charm.ts');
  await writeFile(entry, source);
  const [file] = await bundle(entry);
  return String(file?.content);
}

test('modules of Node come without an import, by name, default or namespace', async () => {
  const code = await bundled(`
    import { join as path } from 'node:path';
    import os, { EOL } from 'os';
    import * as url from 'node:url';
    export const found = [path('a', 'b'), os.EOL === EOL, url.fileURLToPath('file:///c')];
  `);
  assert.doesNotMatch(code, /\bimport\b/);
  const { found } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { found: unknown };
  assert.deepEqual(found, ['a/b', true, '/c']);
});

test('what is not imported of a module is not touched', async () => {
  const code = await bundled(`import { readFileSync } from 'node:fs'; export const read = readFileSync;`);
  assert.doesNotMatch(code, /ReadStream|promises/);
});
