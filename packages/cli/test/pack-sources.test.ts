// Projects that have metadata.yaml, config.yaml and actions.yaml: the same commands as with charmcraft.yaml alone.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const FILES = {
  'charmcraft.yaml': 'type: charm\nbase: ubuntu@24.04\nplatforms: {amd64: }\nparts: {charm: {plugin: nil}}\n',
  'metadata.yaml': 'name: tiny # as it is\nsummary: A charm for tests\ndescription: Does next to nothing.\n',
  'config.yaml': 'options:\n  port: {type: int, default: 0x50}\n',
  'actions.yaml': 'backup: {params: {to: {type: string}}}\n',
};

test('they are typed, checked and packed, each file as it is', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, FILES);
  assert.equal((await charmed.run('types')).code, 0);
  assert.match(readFileSync(charmed.path('src/charm.gen.ts'), 'utf8'), /default: 80,[\s\S]*BackupEvent/);
  assert.deepEqual(await charmed.run('check'), { code: 0, stdout: 'Nothing is wrong.\n', stderr: '' });
  const packed = await charmed.run('pack', '--runtime', 'none');
  assert.equal(packed.code, 0, packed.stderr);
  const zip = new ZipReader(new Uint8ArrayReader(readFileSync(charmed.path('tiny_amd64.charm'))));
  for (const entry of await zip.getEntries()) {
    const expected = Reflect.get(FILES, entry.filename) as string | undefined;
    if (expected === undefined || entry.directory) continue;
    assert.equal(Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString(), expected);
  }
});

test('what is wrong with one of them names it, for each command', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, { ...FILES, 'config.yaml': 'options:\n  port: {type: integer}\n' });
  const told = /config\.yaml:2:16: (?:error: )?config option "port": type must be one of string, int/;
  assert.match((await charmed.run('types')).stderr, told);
  assert.match((await charmed.run('check')).stdout, told);
  const packed = await charmed.run('pack', '--runtime', 'none');
  assert.equal(packed.code, 1);
  assert.match(packed.stderr, told);
});

test('without charmcraft.yaml there are types, and pack says what it needs', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, FILES);
  rmSync(charmed.path('charmcraft.yaml'));
  assert.equal((await charmed.run('types')).code, 0);
  const packed = await charmed.run('pack', '--runtime', 'none');
  assert.equal(packed.code, 1);
  assert.match(packed.stderr, /^charmed: cannot pack.*platforms/s);
  writeFileSync(charmed.path('charmcraft.yaml'), FILES['charmcraft.yaml']);
  assert.equal((await charmed.run('types', '--check')).code, 0);
});
