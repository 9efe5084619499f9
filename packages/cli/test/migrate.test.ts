// `charmed migrate`: a project that compiles, whose charm observes what the Python charm does, with all that is left to do on a list.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Migrated } from '@charmed/cli';
import { Charmed } from './run-charmed.ts';

const PYTHON_CHARM = join(import.meta.dirname, 'python-charm');
const NODE_MODULES = join(import.meta.dirname, '../../../node_modules');

async function migrated(charmed: Charmed): Promise<Migrated> {
  cpSync(PYTHON_CHARM, charmed.path('wiki'), { recursive: true });
  const { stdout, stderr, code } = await charmed.run('migrate', 'wiki', '--format', 'json');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const OBSERVED = {
  _on_peer_joined: ['replicas-relation-joined'],
  _on_config_changed: ['config-changed'],
  _on_db_changed: ['db-relation-changed', 'db-admin-relation-broken'],
  _on_s3_ready: ['wiki-server-pebble-ready'],
  _reconcile: [
    'wiki-server-pebble-check-failed',
    'start',
    'update-status',
    'wiki-server-pebble-custom-notice',
    'pages-storage-attached',
    'pages-storage-detaching',
    'secret-expired',
  ],
  _on_export_pages_action: ['export-pages-action'],
  on_reset: ['reset-action'],
  _on_collect_status: ['collect-unit-status'],
};

test('what the Python charm observes is observed, under its names', async () => {
  await using charmed = new Charmed();
  const { observations, unread, directory } = await migrated(charmed);
  const byMethod = Object.groupBy(observations, ({ method }) => method);
  const events = Object.entries(byMethod).map(([method, all = []]) => [
    method,
    all.map(({ event }) => event).toSorted(),
  ]);
  const expected = Object.entries(OBSERVED).map(([method, all]) => [method, all.toSorted()]);
  assert.deepEqual(Object.fromEntries(events), Object.fromEntries(expected));
  assert.equal(observations.find(({ method }) => method === '_on_s3_ready')?.handler, '#onS3Ready');
  assert.equal(unread, 2);
  assert.equal(directory, charmed.path('wiki-ts'));
});

test('the project compiles and passes check and its test, and nothing of the Python charm has changed', async () => {
  await using charmed = new Charmed();
  const { directory } = await migrated(charmed);
  for (const name of readdirSync(PYTHON_CHARM, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    assert.deepEqual(readFileSync(path.replace(PYTHON_CHARM, charmed.path('wiki'))), readFileSync(path));
  }
  symlinkSync(NODE_MODULES, join(directory, 'node_modules'));
  const { stdout, code } = await charmed.run('check', 'wiki-ts', '--strict');
  assert.equal(code, 0, stdout);
  const options = ['--customConditions', '@charmed/source', '--rewriteRelativeImportExtensions'];
  execFileSync(join(NODE_MODULES, '.bin/tsc'), ['-p', directory, ...options], { stdio: 'inherit' });
  execFileSync(join(NODE_MODULES, '.bin/oxlint'), [], { cwd: directory, stdio: 'inherit' });
  execFileSync(process.execPath, ['--conditions=@charmed/source', 'test/unit/charm.test.ts'], { cwd: directory });
});

test('the class has the Python code at hand, the stored state its values, charmcraft.yaml its comments', async () => {
  await using charmed = new Charmed();
  const { directory } = await migrated(charmed);
  const code = readFileSync(join(directory, 'src/charm.ts'), 'utf8');
  assert.match(code, /\/\/ {4}It is text: \*\/ and `backticks` too\.$|\/\/ It is text: \*\/ and `backticks` too\.$/m);
  assert.match(code, /throw new Error\('_on_config_changed is not ported yet'\)/);
  assert.ok(
    code.includes(
      String.raw`readonly stored = this.storedState({ pages: 0, seen: [], options: { 'it\'s': 'x\n', on: true }, port: null, started: null }, { name: '_stored' });`,
    ),
    code,
  );
  const yaml = readFileSync(join(directory, 'charmcraft.yaml'), 'utf8');
  assert.match(yaml, /default: info # or debug/);
  assert.match(yaml, /^base: ubuntu@22\.04\nplatforms:\n {2}amd64:/m);
  assert.match(yaml, /plugin: dump\n +source: dist\/\$CRAFT_ARCH_BUILD_FOR/);
  assert.doesNotMatch(yaml, /charm-libs|bases/);
});

test('what is left to do is on the list, with its place', async () => {
  await using charmed = new Charmed();
  const { directory } = await migrated(charmed);
  const list = readFileSync(join(directory, 'PORTING.md'), 'utf8').split('\n');
  for (const item of [
    '- [ ] `#onConfigChanged`: config-changed. `_on_config_changed`, src/charm.py:58',
    '- [ ] `self.on.notes_ready, _on_notes_ready`, src/charm.py:50: charmcraft.yaml and ops have no such event',
    '- [ ] `self.framework.observe(self.on[relation].relation_departed, self._reconcile)`, src/charm.py:52: what it observes, or with what, is not written there',
    '- [ ] `_page_count`, src/charm.py:55',
    '- [ ] `_stored.started`, src/charm.py:22',
    '- [ ] src/base.py, 12 lines',
    '- [ ] data_platform_libs.data_interfaces',
    '- [ ] jinja2==3.1',
    '- [ ] tests/unit/test_charm.py',
  ]) {
    assert.ok(list.includes(item), `${item}\nis not in\n${list.join('\n')}`);
  }
  assert.equal(
    list.some((line) => line.includes('ops ~=')),
    false,
  );
});

test('what cannot be migrated is told, and nothing is left behind', async () => {
  await using charmed = new Charmed();
  const refused = async (message: RegExp) => {
    const { code, stderr } = await charmed.run('migrate', 'wiki');
    assert.equal(code, 1);
    assert.match(stderr, message);
    assert.deepEqual(
      readdirSync(charmed.directory).filter((name) => /-ts/.test(name)),
      [],
    );
  };
  await refused(/cannot migrate .*wiki: it has no Python files in src\. Name the folder of a Python charm/);
  mkdirSync(charmed.path('wiki/src'), { recursive: true });
  writeFileSync(charmed.path('wiki/src/charm.py'), 'class Web: pass\n');
  await refused(/no class in src extends ops\.CharmBase/);
  writeFileSync(charmed.path('wiki/src/charm.py'), 'import ops\nclass Web(ops.CharmBase):\n    pass\n');
  await refused(/cannot read .*wiki\/charmcraft\.yaml: it is not there/);
  writeFileSync(charmed.path('wiki/charmcraft.yaml'), 'name: [\n');
  await refused(/wiki\/charmcraft\.yaml:\d+:\d+: /);
  rmSync(charmed.path('wiki'), { recursive: true });
  cpSync(PYTHON_CHARM, charmed.path('wiki'), { recursive: true });
  mkdirSync(charmed.path('wiki-ts'));
  writeFileSync(charmed.path('wiki-ts/mine'), '');
  const { code, stderr } = await charmed.run('migrate', 'wiki');
  assert.equal(code, 1);
  assert.match(stderr, /it has mine\. Choose another folder/);
  assert.ok(existsSync(charmed.path('wiki-ts/mine')));
});
