// `charmed pack`: what is in the charm, the same to the byte, and that it runs; and what is told when it does not. But for the tests of
// its start, the charm runs on the Node of the tests, in place of one that it carries.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pack, type PackOptions } from '@charmed/cli';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, type Entry } from '@zip.js/zip.js';
import { ARCHITECTURE, CHARM_TS, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const directory = mkdtempSync(join(tmpdir(), 'pack-test-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const FULL = {
  'charmcraft.yaml': `${CHARMCRAFT_YAML}config: {options: {port: {type: int}}}\nactions: {go: }\n`,
  'workload/server.mjs': 'export {};',
  'workload/server.test.ts': 'not packed',
  'README.md': 'A charm',
  'notes.txt': 'not packed',
};

test('a charm holds what Juju needs, in order, with its modes, at one time', async () => {
  const path = await packed('full', FULL);
  assert.equal(basename(path), `tiny_${ARCHITECTURE}.charm`);
  const entries = await entriesOf(path);
  const names = entries.map(({ filename }) => filename);
  assert.deepEqual(names, names.toSorted());
  const others = names.filter((name) => !/^src\/.*(bundle|debug|yaml)/.test(name));
  assert.deepEqual(others, [
    'README.md',
    'actions.yaml',
    'config.yaml',
    'dispatch',
    'licences.txt',
    'manifest.yaml',
    'metadata.yaml',
    'src/charm.cjs',
    'workload/server.mjs',
  ]);
  const executable = entries.filter((entry) => modeOf(entry) === 0o100755).map(({ filename }) => filename);
  assert.deepEqual(executable, ['dispatch', 'src/charm.cjs']);
  assert.ok(entries.every((entry) => executable.includes(entry.filename) || modeOf(entry) === 0o100644));
  assert.deepEqual([...new Set(entries.map(({ lastModDate }) => lastModDate.getFullYear()))], [1980]);
});

test('the same project gives the same bytes, from any folder and in any place', async () => {
  const bytes = readFileSync(await packed('first', FULL));
  assert.ok(bytes.equals(readFileSync(await packed('second', FULL))));
  await using charmed = new Charmed();
  writeProject(charmed.directory, FULL);
  const { code, stderr } = await charmed.run('pack', '--platform', 'host', '--runtime', process.execPath);
  assert.equal(code, 0, stderr);
  assert.ok(bytes.equals(readFileSync(charmed.path(`tiny_${ARCHITECTURE}.charm`))));
  assert.deepEqual(
    readdirSync(charmed.directory).filter((name) => name.includes('partial')),
    [],
  );
});

test('what was unpacked runs, anywhere, with an environment of its own', async () => {
  const target = join(directory, 'unpacked');
  for (const entry of await entriesOf(await packed('runs', {}))) {
    if (entry.directory) continue;
    const file = join(target, entry.filename);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await entry.getData(new Uint8ArrayWriter()));
    chmodSync(file, modeOf(entry) & 0o777);
  }
  const printed = execFileSync('./dispatch', { cwd: target, env: { CHARMED_SELF_CHECK: '1' }, encoding: 'utf8' });
  assert.match(printed, /^charmed-self-check: /);
});

const faults: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, message: RegExp]>> = {
  'a charm that throws when it is imported': [
    { 'src/charm.ts': `${CHARM_TS}\nthrow new Error('not today');\n` },
    /^cannot pack: the packed charm does not start: Error: not today\n {4}at src\/charm\.ts:17:7$/,
  ],
  'a charm that never calls main': [
    { 'src/charm.ts': CHARM_TS.replace(/^if .*$/m, '') },
    /src\/charm\.ts:1:1: does not call main of @charmed\/ops; end it with: if \(import\.meta\.main\) await main/,
  ],
  'a charm that exits before main': [
    { 'src/charm.ts': `process.exit(0);\n${CHARM_TS}` },
    /^cannot pack: .* ended without calling main\(\)\. End src\/charm\.ts with: if \(import\.meta\.main\) await main/,
  ],
  'a module that is not there': [
    { 'src/charm.ts': `import './gone.ts';\n${CHARM_TS}` },
    /^cannot bundle .*src\/charm\.ts: [\s\S]*Could not resolve '\.\/gone\.ts' in .*src\/charm\.ts[\s\S]*src\/charm\.ts:1:8/,
  ],
  'code that cannot be read': [
    { 'src/charm.ts': `const port = ;\n${CHARM_TS}` },
    /src\/charm\.ts:1:14: is no TypeScript: Unexpected token$/,
  ],
  'no platform for this machine': [
    { 'charmcraft.yaml': CHARMCRAFT_YAML.replace(/^platforms.*$/m, 'platforms: {riscv64: }') },
    /^cannot pack for riscv64: there is no Node 24 for riscv64\. Charms are packed for amd64 and arm64/,
  ],
  'a charmcraft.yaml that is no YAML': [
    { 'charmcraft.yaml': `${CHARMCRAFT_YAML}config: {` },
    /charmcraft\.yaml:7:\d+: malformed YAML: /,
  ],
};

for (const [what, [files, message]] of Object.entries(faults)) {
  test(`${what} is told, and nothing is written`, async () => {
    const name = what.replaceAll(' ', '-');
    await assert.rejects(packed(name, files, 'carried'), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual(readdirSync(join(directory, `${name}-out`)), []);
  });
}

test('a folder that is not there, or a name that is taken, is told, and nothing half-written stays', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const run = async (output: string) =>
    await charmed.run('pack', '--platform', 'host', '--runtime', process.execPath, '--output', output);
  const gone = await run('gone');
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /charmed: cannot write gone\/the charm: there is no folder gone\n$/);
  mkdirSync(charmed.path('out', `tiny_${ARCHITECTURE}.charm`), { recursive: true });
  const taken = await run('out');
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /charmed: cannot write .*\/out\/tiny_\w+\.charm: EISDIR/);
  assert.deepEqual(readdirSync(charmed.path('out')), [`tiny_${ARCHITECTURE}.charm`]);
  assert.equal(existsSync(charmed.path('gone')), false);
});

async function packed(
  name: string,
  files: Readonly<Record<string, string>>,
  runtime: PackOptions['runtime'] = process.execPath as `/${string}`,
): Promise<string> {
  const output = join(directory, `${name}-out`);
  mkdirSync(output);
  writeProject(join(directory, name), files);
  const [charm] = await pack(join(directory, name), { output, runtime, platforms: ['host'] });
  return charm?.path ?? assert.fail('nothing was packed');
}

async function entriesOf(path: string): Promise<Entry[]> {
  return await new ZipReader(new Uint8ArrayReader(readFileSync(path)), { useWebWorkers: false }).getEntries();
}

function modeOf({ versionMadeBy, externalFileAttributes }: Entry): number {
  assert.equal(versionMadeBy >> 8, 3, 'made on Unix');
  return externalFileAttributes >>> 16;
}
