import assert from 'node:assert/strict';
import { mkdtempDisposable, mkdir, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readCharmcraft } from '../charmcraft/read.ts';
import { writeTypes } from '../types/write.ts';
import { check } from './check.ts';

const CHARMCRAFT = `name: web
type: charm
summary: A web server
description: Serves
base: ubuntu@24.04
platforms: {amd64: }
parts: {charm: {plugin: dump, source: dist}}
requires:
  db: {interface: sql}
actions:
  backup: {}
`;

const CHARM = `import { CharmBase, main } from '@charmed/ops';
class WebCharm extends CharmBase {
  constructor(framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#onDb);
    this.observe(this.on.action('backup'), this.#onBackup);
  }
  #onDb() {}
  #onBackup() {}
}
if (import.meta.main) await main(WebCharm);
`;

interface Project {
  readonly files: Readonly<Record<string, string>>;
  readonly typesFor?: string;
}

/** What is found in a project, each as `file:line:column severity rule`. */
async function found({
  files,
  typesFor = files['charmcraft.yaml'] ?? CHARMCRAFT,
}: Project): Promise<readonly string[]> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-check-'));
  await writeFile(join(directory.path, 'charmcraft.yaml'), typesFor);
  await writeTypes(directory.path, await readCharmcraft(directory.path));
  for (const [name, content] of Object.entries({ 'charmcraft.yaml': CHARMCRAFT, 'src/charm.ts': CHARM, ...files })) {
    await mkdir(dirname(join(directory.path, name)), { recursive: true });
    await writeFile(join(directory.path, name), content);
    if (content === 'large') await truncate(join(directory.path, name), 17 * 1024 * 1024);
  }
  const findings = await check(directory.path);
  return findings.map(({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`);
}

test('a project that is right has no findings', async () => {
  assert.deepEqual(await found({ files: {} }), []);
});

test('an error in charmcraft.yaml hides what depends on it', async () => {
  const wrong = CHARMCRAFT.replace('summary: A web server', 'summery: A web server');
  assert.deepEqual(await found({ files: { 'charmcraft.yaml': wrong }, typesFor: CHARMCRAFT }), [
    'charmcraft.yaml:1:1 error missing-key',
    'charmcraft.yaml:3:1 error unknown-key',
  ]);
});

test('types of another charmcraft.yaml are stale', async () => {
  const typesFor = CHARMCRAFT.replace('backup', 'restore');
  assert.deepEqual(await found({ files: {}, typesFor }), ['src/charm.gen.ts:1:1 error stale-types']);
});

test('names in the code that charmcraft.yaml does not declare are found in every file', async () => {
  const other = `export const events = (charm) => [\n  charm.on.container('web').pebbleReady,\n  charm.on.relation(name), map.relation('x')];`;
  const files = { 'src/charm.ts': CHARM.replace("'backup'", "'restore'"), 'src/other.ts': other };
  assert.deepEqual((await found({ files })).toSorted(), [
    'src/charm.ts:6:33 error unknown-name',
    'src/other.ts:2:22 error unknown-name',
  ]);
});

test('words that are joined by "_" are a warning, as charmcraft has it', async () => {
  const charmcraft = `${CHARMCRAFT}config:\n  options:\n    log_level: {type: string}\n`;
  assert.deepEqual(await found({ files: { 'charmcraft.yaml': charmcraft } }), ['charmcraft.yaml:14:5 warning naming']);
});

test('large files that go into the charm are a warning', async () => {
  const files = { 'workload/model.bin': 'large', 'other/model.bin': 'large' };
  assert.deepEqual(await found({ files }), ['workload/model.bin:1:1 warning large-file']);
});
