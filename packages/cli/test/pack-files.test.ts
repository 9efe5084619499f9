// What of a project goes into its charm beside code, and the folders that charmcraft packs.

import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'node:test';
import type { PackedCharm } from '@charmed/cli';
import { ARCHITECTURE, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed, type Finished } from './run-charmed.ts';

const BOTH = ['--runtime', '/opt/node/bin/node'];
const ONE = [...BOTH, '--platform', 'host'];

function named(...files: readonly string[]): Readonly<Record<string, string>> {
  return { 'package.json': JSON.stringify({ name: 'tiny', files }) };
}

async function namesIn(charmed: Charmed): Promise<readonly string[]> {
  const { stdout, stderr, code } = await charmed.run('pack', ...ONE, '--format', 'json');
  assert.equal(code, 0, stderr);
  const [charm] = JSON.parse(stdout) as PackedCharm[];
  return charm?.files.map(({ name }) => name) ?? [];
}

function refused({ code, stderr }: Finished, message: RegExp): void {
  assert.equal(code, 1);
  assert.match(stderr, message);
}

test('files and folders that package.json names go into the charm, tests and dependencies do not', async () => {
  await using charmed = new Charmed();
  const files = ['data/a.txt', 'data/deep/b.txt', 'data/c.test.ts', 'scripts/run.sh', 'scripts/notes.md', 'other.txt'];
  writeProject(charmed.directory, {
    ...Object.fromEntries(files.map((path) => [path, path])),
    ...named('data/', 'scripts/*.sh'),
  });
  mkdirSync(charmed.path('data/node_modules'));
  writeFileSync(charmed.path('data/node_modules/x.js'), '');
  const names = (await namesIn(charmed)).filter((name) => /^(?:data|scripts|other)/.test(name));
  assert.deepEqual(names, ['data/a.txt', 'data/deep/b.txt', 'scripts/run.sh']);
});

test('what package.json names has to be there, below the project, and under a name of its own', async () => {
  await using charmed = new Charmed();
  const cases = [
    [
      named('gone'),
      /^charmed: cannot find gone, which .*package\.json names under files\. Make it, or take it out\.$/m,
    ],
    [named('../x'), /"\.\.\/x" is not below the project/],
    [named('/etc'), /"\/etc" is not below the project/],
    [{ 'package.json': '{"files": "data"}' }, /it is no list of texts\. Name files and folders/],
    [{ 'package.json': '{' }, /^charmed: cannot read .*package\.json: /m],
    [
      { ...named('dispatch'), dispatch: '' },
      /cannot pack dispatch of the project: the charm has its own dispatch\. Rename/,
    ],
  ] as const;
  writeProject(charmed.directory);
  for (const [files, message] of cases) {
    for (const [path, text] of Object.entries(files)) writeFileSync(charmed.path(path), text);
    refused(await charmed.run('pack', ...ONE), message);
  }
  assert.equal(existsSync(charmed.path(`tiny_${ARCHITECTURE}.charm`)), false);
});

test('links are followed within the project alone', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, { 'shared/page.html': 'page', 'templates/own.html': '' });
  symlinkSync('../shared/page.html', charmed.path('templates/page.html'));
  assert.ok((await namesIn(charmed)).includes('templates/page.html'));
  symlinkSync('/etc/hostname', charmed.path('templates/host'));
  refused(await charmed.run('pack', ...ONE), /templates\/host: it is a link out of the project\. Copy the file/);
  symlinkSync('nothing', charmed.path('templates/gone'));
  refused(await charmed.run('pack', ...ONE), /templates\/gone: it is a link to nothing\. Mend or remove it\./);
});

test('folders for charmcraft have a charm for each architecture, with its modes, but not what charmcraft makes', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, {
    'charmcraft.yaml': CHARMCRAFT_YAML.replace('arm64: ', 'arm64: , jammy: {build-on: arm64, build-for: arm64}'),
    'workload/run.sh': '#!/bin/sh',
  });
  chmodSync(charmed.path('workload/run.sh'), 0o755);
  const dump = async () => await charmed.run('pack', ...BOTH, '--dump', 'dist', '--format', 'json');
  const { stdout, code, stderr } = await dump();
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    JSON.parse(stdout),
    ['amd64', 'arm64'].map((architecture) => {
      return { path: charmed.path('dist', architecture), architecture, isChecked: false };
    }),
  );
  assert.deepEqual(readdirSync(charmed.path('dist')), ['amd64', 'arm64']);
  const names = readdirSync(charmed.path('dist/arm64'));
  assert.deepEqual(names.toSorted(), ['dispatch', 'licences.txt', 'src', 'workload']);
  for (const path of ['dispatch', 'src/charm.cjs', 'workload/run.sh']) {
    assert.equal(statSync(charmed.path('dist/arm64', path)).mode & 0o777, 0o755, path);
  }
  assert.equal(statSync(charmed.path('dist/arm64/licences.txt')).mode & 0o777, 0o644);

  writeFileSync(charmed.path('dist/arm64/stale'), '');
  assert.equal((await dump()).code, 0);
  assert.equal(existsSync(charmed.path('dist/arm64/stale')), false);
});

test('a folder with something else in it is not replaced', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  mkdirSync(charmed.path('precious', ARCHITECTURE), { recursive: true });
  writeFileSync(charmed.path('precious', ARCHITECTURE, 'thesis.txt'), 'years');
  const run = await charmed.run('pack', ...ONE, '--dump', 'precious');
  refused(run, /it has thesis\.txt, which is of no charm\. Name another folder\./);
  assert.equal(readFileSync(charmed.path('precious', ARCHITECTURE, 'thesis.txt'), 'utf8'), 'years');
  assert.deepEqual(readdirSync(charmed.path('precious')), [ARCHITECTURE]);
});

test('what check finds wrong is not packed, and what it warns of is told', async () => {
  await using charmed = new Charmed();
  const naming = `${CHARMCRAFT_YAML}config: {options: {log_level: {type: string}}}\n`;
  writeProject(charmed.directory, { 'charmcraft.yaml': naming });
  const warned = await charmed.run('pack', ...ONE);
  assert.equal(warned.code, 0, warned.stderr);
  assert.match(warned.stderr.trim(), /^charmed: warning: charmcraft\.yaml:7: config option "log_level": .*log-level$/);
  writeFileSync(charmed.path('src/other.ts'), `export const x = (charm) => charm.on.relation('gone');`);
  const failed = await charmed.run('pack', ...ONE);
  refused(failed, /src\/other\.ts:1:47: charmcraft\.yaml has no endpoint "gone"/);
});
