import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { readCharmcraft } from '../charmcraft/read.ts';
import { renderTypes } from '../types/render.ts';
import type { Profile } from './profile.ts';
import { projectFiles } from './template.ts';

const PROFILES: readonly Profile[] = ['kubernetes', 'machine'];
const AUTHOR = 'Ann "A" O\'Neil $& \\ <a@b.c>';

for (const profile of PROFILES) {
  test(`${profile}: the names are in it, and no placeholder is left`, async () => {
    const files = await projectFiles(profile, { name: 'web-k8s', author: AUTHOR });
    for (const [path, text] of files) assert.doesNotMatch(text, /my-charm|MyCharm|My Charm|Jane Doe/, path);
    const { name, author } = JSON.parse(files.get('package.json') ?? '');
    assert.deepEqual([name, author], ['web-k8s', AUTHOR]);
    assert.match(files.get('src/charm.ts') ?? '', /await main\(WebK8sCharm\)/);
    assert.ok(files.get('README.md')?.includes(`Copyright ${AUTHOR}.`));
    for (const path of ['.gitignore', '.oxlintrc.json', '.github/workflows/ci.yaml']) assert.ok(files.has(path), path);
  });

  test(`${profile}: charmcraft.yaml is right, and its types are up to date`, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-template-'));
    const files = await projectFiles(profile, { name: 'web-k8s', author: AUTHOR });
    await writeFile(join(directory.path, 'charmcraft.yaml'), files.get('charmcraft.yaml') ?? '');
    const charmcraft = await readCharmcraft(directory.path);
    assert.equal(charmcraft.name, 'web-k8s');
    assert.equal(files.get('src/charm.gen.ts'), renderTypes(charmcraft), 'run `charmed types` in templates/*');
  });

  test(`${profile}: our packages are of this version, and the others of those that we use ourselves`, async () => {
    const files = await projectFiles(profile, { name: 'web', author: AUTHOR });
    const { dependencies, devDependencies } = JSON.parse(files.get('package.json') ?? '');
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.equal(version, name.startsWith('@charmed/') ? manifest.version : await versionOf(name), name);
    }
  });
}

async function versionOf(name: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return JSON.parse(await readFile(path, 'utf8')).version;
}
