// The metadata of a charm from its files.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readMeta } from './meta-files.ts';

function charmDir(t: TestContext, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'meta-files-'));
  t.after(() => rmSync(dir, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
}

test('a project has one file', async (t) => {
  const dir = charmDir(t, { 'charmcraft.yaml': 'name: web\nactions:\n  ping: {}\n' });
  assert.deepEqual(await readMeta(dir), { name: 'web', actions: { ping: {} } });
});

test('a packed charm has up to three', async (t) => {
  const dir = charmDir(t, {
    'metadata.yaml': 'name: web\nrequires:\n  db:\n    interface: sql\n',
    'config.yaml': 'options:\n  port:\n    type: int\n',
    'actions.yaml': 'ping: {}\n',
    'charmcraft.yaml': 'name: other\n',
  });
  assert.deepEqual(await readMeta(dir), {
    name: 'web',
    requires: { db: { interface: 'sql' } },
    config: { options: { port: { type: 'int' } } },
    actions: { ping: {} },
  });
});

test('empty files of options and actions are as good as none', async (t) => {
  const dir = charmDir(t, { 'metadata.yaml': 'name: web\n', 'config.yaml': '', 'actions.yaml': '# none\n' });
  assert.deepEqual(await readMeta(dir), { name: 'web' });
});

test('a directory without metadata is reported', async (t) => {
  await assert.rejects(readMeta(charmDir(t, {})), { code: 'no-metadata' });
});

test('what is no metadata is reported with its file', async (t) => {
  for (const content of ['name: [', 'just text', '- a\n- b\n', '7']) {
    for (const name of ['metadata.yaml', 'charmcraft.yaml']) {
      const dir = charmDir(t, { [name]: content });
      await assert.rejects(
        readMeta(dir),
        (error: Error) => 'code' in error && error.code === 'bad-metadata' && error.message.includes(name),
      );
    }
  }
  const dir = charmDir(t, { 'metadata.yaml': 'name: web\n', 'config.yaml': 'options: [' });
  await assert.rejects(readMeta(dir), { code: 'bad-metadata', message: /config\.yaml/ });
});
