// What a bundle takes along beside the charm.

import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.ts';

const NOOP = join(import.meta.dirname, '../../../../examples/noop-machine/src/charm.ts');

test('packages that are loaded on use have the names that the charm takes from them', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-bundle-'));
  const files = new Map((await bundle(NOOP)).files.map(({ name, content }) => [name, content]));
  const load = async (name: string) => {
    const path = join(directory.path, name);
    await writeFile(path, files.get(name) ?? assert.fail(`no ${name}`));
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  };
  const { parse } = await load('yaml.mjs');
  assert.ok(typeof parse === 'function');
  assert.deepEqual(parse('a: [1]'), { a: [1] });
});
