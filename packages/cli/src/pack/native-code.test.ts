import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { licencesOf, packagesOf } from './licences.ts';
import { refuseNativeCode } from './native-code.ts';

async function withPackages(
  files: Readonly<Record<string, string>>,
  check: (directory: string) => Promise<void>,
): Promise<void> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-packages-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory.path, name)), { recursive: true });
    await writeFile(join(directory.path, name), content);
  }
  await check(directory.path);
}

const manifest = (name: string) => JSON.stringify({ name, version: '1.2.3', license: 'MIT' });

test('licences are those of the packages whose code is in the bundle, each once, without the charm itself', async () => {
  const files = {
    'package.json': manifest('charm'),
    'node_modules/a/package.json': manifest('a'),
    'node_modules/a/LICENSE.md': 'Do what you like.',
    'node_modules/a/dist/package.json': '{"type": "module"}',
    'node_modules/b/package.json': '{"name": "b"}',
    'node_modules/unused/package.json': manifest('unused'),
  };
  await withPackages(files, async (directory) => {
    const modules = ['src/charm.ts', 'node_modules/b/b.js', 'node_modules/a/dist/x.js', 'node_modules/a/y.js'];
    const packages = await packagesOf(
      modules.map((path) => join(directory, path)),
      directory,
    );
    assert.equal(
      await licencesOf(packages),
      'Code of these packages is in this charm.\n\na 1.2.3 (MIT)\n\nDo what you like.\n\nb  (no licence named)\n\n',
    );
  });
});

test('addons are refused by the name of their package, and WebAssembly that the code reads from a file', async () => {
  const files = {
    'node_modules/addon/package.json': manifest('addon'),
    'node_modules/addon/prebuilds/linux-x64/addon.node': '',
    'node_modules/reader/package.json': manifest('reader'),
    'node_modules/reader/lib/reader.wasm': '',
    'node_modules/embedded/package.json': manifest('embedded'),
    'node_modules/embedded/build/embedded.wasm': '',
    'node_modules/plain/package.json': manifest('plain'),
  };
  await withPackages(files, async (directory) => {
    const packages = async (...names: string[]) =>
      packagesOf(
        names.map((name) => join(directory, 'node_modules', name, 'index.js')),
        directory,
      );
    const code = "readFileSync('lib/reader.wasm')";
    refuseNativeCode(await packages('plain', 'embedded'), code);
    for (const name of ['addon', 'reader']) {
      const refused = await packages('plain', name);
      assert.throws(() => refuseNativeCode(refused, code), {
        code: 'native-code',
        message: new RegExp(`bundle ${name}:`),
      });
    }
  });
});
