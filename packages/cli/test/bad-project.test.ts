// Projects in which something is wrong: `types` and `check` tell it with its place, end with 1, and leave everything as it was.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { CHARM_TS, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { unshare, withoutMounts } from './mounts.ts';
import { Charmed, CHARMED } from './run-charmed.ts';

const TYPES = 'src/charm.gen.ts';

const mistakes: readonly [what: string, content: string | Uint8Array, told: RegExp][] = [
  ['a tab', `${CHARMCRAFT_YAML}links:\n\twebsite: x\n`, /^charmcraft\.yaml:8:1: .*a tab indents the line; use spaces/],
  ['a key that is there twice', `${CHARMCRAFT_YAML}type: charm\n`, /^charmcraft\.yaml:7:1: .*the key is there twice/],
  [
    'a text that is no UTF-8',
    Buffer.from(`${CHARMCRAFT_YAML}# \u00E9\n`, 'latin1'),
    /^charmcraft\.yaml:7:3: .*save the file as UTF-8/,
  ],
  ['a NUL', `${CHARMCRAFT_YAML}\0`, /^charmcraft\.yaml:7:1: .*U\+0000; take it out/],
  ['nothing at all', '', /^charmcraft\.yaml:1:1: .*the file is empty; write what it declares, or delete it/],
  ['a list', '- name: web\n', /^charmcraft\.yaml:1:1: .*must be a mapping; found a list/],
  ['a text', 'web\n', /^charmcraft\.yaml:1:1: .*must be a mapping; found "web"/],
  ['aliases without end', bomb(), /^charmcraft\.yaml:1:1: .*Excessive alias count/],
];

function bomb(): string {
  const lines = Array.from(
    { length: 12 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(',')}]`,
  );
  return `a0: &a0 [x]\n${lines.join('\n')}\n`;
}

for (const [what, content, told] of mistakes) {
  test(`${what} in place of a charmcraft.yaml`, async () => {
    await using charmed = new Charmed();
    writeProject(charmed.directory);
    writeFileSync(charmed.path('charmcraft.yaml'), content);
    writeFileSync(charmed.path(TYPES), 'as it was');
    const types = await charmed.run('types');
    assert.match(types.stderr.replace(/^charmed: /, ''), told);
    assert.doesNotMatch(types.stderr, /^ +at /m);
    assert.deepEqual([types.code, types.stdout], [1, '']);
    const checked = await charmed.run('check');
    assert.match(checked.stdout, told);
    assert.deepEqual([checked.code, checked.stderr], [1, '']);
    assert.equal(readFileSync(charmed.path(TYPES), 'utf8'), 'as it was');
    assert.deepEqual(readdirSync(charmed.path('src')).toSorted(), ['charm.gen.ts', 'charm.ts']);
  });
}

test('a byte order mark and carriage returns are no mistake', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  await charmed.run('types');
  const types = readFileSync(charmed.path(TYPES), 'utf8');
  writeFileSync(charmed.path('charmcraft.yaml'), `\u{FEFF}${CHARMCRAFT_YAML.replaceAll('\n', '\r\n')}`);
  assert.deepEqual(await charmed.run('types', '--check'), { code: 0, stdout: '', stderr: '' });
  assert.equal(readFileSync(charmed.path(TYPES), 'utf8'), types);
});

test('a folder in place of charmcraft.yaml', async () => {
  await using charmed = new Charmed();
  mkdirSync(charmed.path('charmcraft.yaml'));
  for (const command of ['types', 'check']) {
    const told = await charmed.run(command);
    assert.deepEqual(told, { code: 1, stdout: '', stderr: 'charmed: cannot read charmcraft.yaml: it is a folder\n' });
  }
});

test('a charm that throws when it is imported, has no main, or is not there: check does not run it', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, {
    'src/charm.ts': `throw new Error('at once');\n${CHARM_TS}`,
    'src/broken.ts': 'let = ;',
  });
  await charmed.run('types');
  const found = async () => {
    const { code, stdout } = await charmed.run('check', '--format', 'json');
    const findings = JSON.parse(stdout) as readonly { rule: string; severity: string }[];
    return [code, ...findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)];
  };
  assert.deepEqual(await found(), [1, 'bad-code']);
  rmSync(charmed.path('src/broken.ts'));
  assert.deepEqual(await found(), [0]);
  writeFileSync(charmed.path('src/charm.ts'), 'export {};\n');
  assert.deepEqual(await found(), [1, 'no-main']);
  rmSync(charmed.path('src/charm.ts'));
  assert.deepEqual(await found(), [1, 'no-entry']);
});

/** In a shell in which `src` is a file system of its own, `charmed types` being `"$@"`. */
function onDisk(charmed: Charmed, script: string): string {
  const command = [process.execPath, ...process.execArgv, CHARMED, 'types'];
  const args = [...(unshare ?? []), 'sh', '-c', `mount -t tmpfs -o size=4k none src\n${script}`, 'sh', ...command];
  return spawnSync('unshare', args, { cwd: charmed.directory, encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } })
    .stdout;
}

test('types on a disk that is full leave what was there, and nothing beside it', { skip: withoutMounts }, async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory, { 'charmcraft.yaml': CHARMCRAFT_YAML.replace('next to', 'x'.repeat(5000)) });
  const told = onDisk(charmed, 'echo old > src/charm.gen.ts; "$@" 2>&1; echo $?; ls src; cat src/charm.gen.ts');
  assert.match(told, /^charmed: cannot write src\/charm\.gen\.ts: ENOSPC.*\n1\ncharm\.gen\.ts\nold\n$/);
});

test('types on a disk that is read-only are told of', { skip: withoutMounts }, async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const told = onDisk(charmed, 'mount -o remount,ro src; "$@" 2>&1; echo $?; ls src');
  assert.match(told, /^charmed: cannot write src\/charm\.gen\.ts: EROFS.*\n1\n$/);
});
