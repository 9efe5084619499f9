// `charmed types`, as users type it.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const TYPES = 'src/charm.gen.ts';
const WITH_PORT = `${CHARMCRAFT_YAML}config: {options: {port: {type: int, default: 80}}}\n`;

test('the types are written, left alone when they are right, and checked', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const run = async (...args: readonly string[]) => await charmed.run('types', ...args);
  const stale = `charmed: ${TYPES} does not match charmcraft.yaml. Run: charmed types\n`;
  assert.deepEqual(await run('--check'), { code: 1, stdout: '', stderr: stale });
  assert.deepEqual(await run(), { code: 0, stdout: `wrote ${TYPES}\n`, stderr: '' });
  const { mtimeMs } = statSync(charmed.path(TYPES));
  assert.deepEqual(await run(), { code: 0, stdout: `${TYPES} is up to date\n`, stderr: '' });
  assert.equal(statSync(charmed.path(TYPES)).mtimeMs, mtimeMs);
  assert.deepEqual(await run('--check'), { code: 0, stdout: '', stderr: '' });

  const written = readFileSync(charmed.path(TYPES), 'utf8');
  writeFileSync(charmed.path('charmcraft.yaml'), WITH_PORT);
  assert.equal((await run('--check')).code, 1);
  assert.equal(readFileSync(charmed.path(TYPES), 'utf8'), written);
  assert.equal((await run('.')).code, 0);
  assert.match(readFileSync(charmed.path(TYPES), 'utf8'), /port: \{\n +type: "int",\n +default: 80,/);
});

test('where they cannot be written, that is told', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  rmSync(charmed.path('src'), { recursive: true });
  writeFileSync(charmed.path('src'), 'no folder');
  const { code, stdout, stderr } = await charmed.run('types');
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^charmed: cannot write .*src\/charm\.gen\.ts: EEXIST/);
});
