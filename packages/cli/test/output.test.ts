// What all commands do alike: options, errors, exit codes, and what is on which stream.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const charmed = new Charmed();
test.after(async () => await charmed[Symbol.asyncDispose]());
writeProject(charmed.directory);

const mistakes: readonly [args: string, message: string][] = [
  ['pak', "unknown command 'pak'. Did you mean pack? See: charmed --help"],
  ['sandbox dploy', "unknown command 'dploy'. Did you mean deploy? See: charmed sandbox --help"],
  ['pack --platfrom host', "unknown option '--platfrom'. Did you mean --platform? See: charmed pack --help"],
  ['sandbox deploy', "missing required argument 'charm'. See: charmed sandbox deploy --help"],
  [
    'check --format yaml',
    "option '--format <format>' argument 'yaml' is invalid. Allowed choices are text, json. See: charmed check --help",
  ],
  [
    'types one two',
    "too many arguments for 'types'. Expected 1 argument but got 2: one, two. See: charmed types --help",
  ],
];

for (const [args, message] of mistakes) {
  test(`charmed ${args}: nothing is begun, and a sentence tells why`, async () => {
    assert.deepEqual(await charmed.run(...args.split(' ')), { code: 2, stdout: '', stderr: `charmed: ${message}\n` });
    const { code, stdout, stderr } = await charmed.run(
      '--format=json',
      ...args.split(' ').filter((word) => word !== '--format'),
    );
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(JSON.parse(stderr).error.code, 'usage');
  });
}

test('no command at all shows the help, as an error', async () => {
  const { code, stdout, stderr } = await charmed.run();
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^Usage: charmed /);
  assert.match(stderr, /\nExit codes:\n  0 /);
});

test('with --format json an error is one object on stderr', async () => {
  const { code, stdout, stderr } = await charmed.run('check', 'none', '--format', 'json');
  assert.deepEqual([code, stdout], [1, '']);
  assert.deepEqual(Object.keys(JSON.parse(stderr)), ['error']);
  assert.equal(JSON.parse(stderr).error.code, 'no-charmcraft-yaml');
});

test('--quiet leaves notes out, before and behind the command', async () => {
  assert.match((await charmed.run('types')).stdout, /charm\.gen\.ts/);
  for (const args of [
    ['--quiet', 'types'],
    ['types', '-q'],
  ]) {
    assert.deepEqual(await charmed.run(...args), { code: 0, stdout: '', stderr: '' });
  }
  assert.match((await charmed.run('-q', 'check')).stdout, /^0 errors, 1 warning$/m);
});

test('--verbose tells steps with their times, and the stack of an error', async () => {
  const packed = await charmed.run('pack', '-p', 'host', '--runtime', 'none', '-v');
  assert.match(packed.stderr, /^ +0\.\d\d s  packing\n(.*\n)* +\d+\.\d\d s  bundling\n(.*\n)* +\d+\.\d\d s  done\n$/);
  const failed = await charmed.run('--verbose', 'check', 'none');
  assert.match(failed.stderr, /^charmed: cannot read none\/charmcraft\.yaml\. .*\nProjectError|CliError: .*\n +at /);
});

test('without a terminal there is no spinner and no colour, and stderr is empty', async () => {
  const packed = await charmed.run('pack', '-p', 'host', '--runtime', 'none');
  assert.match(packed.stdout, /^packed tiny_\w+\.charm \([\d.]+ MiB\), not run in [\d.]+ s\n$/);
  assert.equal(packed.stderr, '');
  assert.ok(!(await charmed.run('--help')).stdout.includes('\u001B'));
});

test('who reads only the first line of what is printed disturbs nothing', async () => {
  const command = `"$0" "$@" pack -p host --runtime none --analyse --format json | head -c 1`;
  const args = [...process.execArgv, charmed.program];
  const [error, stdout, stderr] = await new Promise<readonly unknown[]>((resolve) => {
    execFile('/bin/sh', ['-c', command, process.execPath, ...args], { cwd: charmed.directory }, (...all) =>
      resolve(all),
    );
  });
  assert.deepEqual([error, stdout, stderr], [null, '[', '']);
});
