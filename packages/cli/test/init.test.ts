// `charmed init` as users type it. What it makes is used in docs/first-charm.test.ts.

import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Charmed, CHARMED } from './run-charmed.ts';

const KUBERNETES = ['--profile', 'kubernetes'];

test('a project is made, named after its folder, and the next steps are told', async () => {
  await using charmed = new Charmed();
  const { code, stdout, stderr } = await charmed.run('init', 'web-k8s', ...KUBERNETES);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(
    stdout,
    /^Made the kubernetes charm "web-k8s" in web-k8s: 15 files\.\n\nNext:\n {2}cd web-k8s\n {2}npm install /,
  );
  assert.match(stdout, /^ {2}npx charmed sandbox deploy \.\/web-k8s_(amd64|arm64)\.charm /m);
  assert.match(readFileSync(charmed.path('web-k8s/charmcraft.yaml'), 'utf8'), /^name: web-k8s\n/);
});

test('what goes without saying is not said to those who do not want to hear it', async () => {
  await using charmed = new Charmed();
  const told = await charmed.run('init', 'web', ...KUBERNETES, '--quiet');
  assert.deepEqual(told, { code: 0, stdout: '', stderr: '' });
});

test('what was made is told to programs as JSON', async () => {
  await using charmed = new Charmed();
  const { stdout } = await charmed.run('init', '.', '--profile', 'machine', '--name', 'web', '--format', 'json');
  const { files, ...project } = JSON.parse(stdout);
  assert.deepEqual(project, { name: 'web', profile: 'machine', directory: charmed.directory, kept: [] });
  assert.deepEqual(
    files,
    readdirSync(charmed.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(charmed.directory.length + 1))
      .toSorted(),
  );
});

test('nothing is overwritten: a folder with files is refused, or gets what it lacks', async () => {
  await using charmed = new Charmed();
  mkdirSync(charmed.path('.git'));
  for (const name of ['LICENSE', 'a', 'b', 'c', 'd', 'e']) writeFileSync(charmed.path(name), 'mine');
  const init = async (...args: readonly string[]) => await charmed.run('init', '--name', 'web', ...KUBERNETES, ...args);
  const { code, stdout, stderr } = await init();
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^charmed: cannot make a charm in \.: it has LICENSE, a, b, c, d and 1 more\. .*--force/);
  assert.equal(readdirSync(charmed.directory).length, 7);
  assert.match((await init('--force')).stdout, /14 files\.\nLICENSE was there, and is as it was\.\n/);
  assert.equal(readFileSync(charmed.path('LICENSE'), 'utf8'), 'mine');
  assert.match((await init('--force')).stdout, /: 0 files\./);
});

test('a repository without files is empty', async () => {
  await using charmed = new Charmed();
  mkdirSync(charmed.path('web/.git'), { recursive: true });
  assert.equal((await charmed.run('init', 'web', ...KUBERNETES)).code, 0);
});

const mistakes: Readonly<Record<string, readonly [args: readonly string[], code: number, stderr: RegExp]>> = {
  'no profile, and nobody to ask': [
    ['web'],
    2,
    /^charmed: cannot make a charm of no kind: add --profile kubernetes or --profile machine\. See: charmed init --help$/m,
  ],
  'a profile that there is not': [
    ['web', '--profile', 'vm'],
    2,
    /^charmed: .*'vm' is invalid\. Allowed choices are kubernetes, machine\. See: charmed init --help$/m,
  ],
  'a folder whose name no charm can have': [
    ['web_1', ...KUBERNETES],
    1,
    /^charmed: cannot name a charm "web-1": it must be .*\. Give one with --name\.$/m,
  ],
  'a name in capitals': [
    ['web', ...KUBERNETES, '--name', 'Web'],
    1,
    /^charmed: cannot name a charm "Web": it must be lower-case letters .*\. Give another\.$/m,
  ],
  'the name of Juju': [['juju', ...KUBERNETES], 1, /^charmed: cannot name a charm "juju": Juju keeps "juju"/m],
  'a file in place of the folder': [
    ['file', ...KUBERNETES],
    1,
    /^charmed: cannot make a charm in file: it is a file\. Choose another folder\.$/m,
  ],
  'a folder below a file': [
    ['file/web', ...KUBERNETES],
    1,
    /^charmed: cannot make a charm in file\/web: it is a file\./m,
  ],
};

for (const [what, [args, code, expected]] of Object.entries(mistakes)) {
  test(`${what} is told, and nothing is written`, async () => {
    await using charmed = new Charmed();
    writeFileSync(charmed.path('file'), '');
    const told = await charmed.run('init', ...args);
    assert.match(told.stderr, expected);
    assert.deepEqual([told.code, told.stdout], [code, '']);
    assert.deepEqual(readdirSync(charmed.directory), ['file']);
  });
}

const terminal = { skip: spawnSync('script', ['--version']).error ? 'no terminals here: nobody was asked' : false };

/** `charmed init web` at a terminal. */
function atTerminal(charmed: Charmed, ...args: readonly string[]): ChildProcess {
  const init = [process.execPath, ...process.execArgv, CHARMED, 'init', 'web', ...args];
  const command = `stty columns 80 rows 24; exec ${init.map((word) => `'${word}'`).join(' ')}`;
  return spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: charmed.directory });
}

/** Presses keys, each once the text is shown that asks for it. Resolves to the exit code. */
async function press(program: ChildProcess, keys: Readonly<Record<string, string>>): Promise<number> {
  const exited = once(program, 'exit');
  const left = Object.entries(keys);
  let shown = '';
  program.stdout?.on('data', (chunk) => {
    shown += chunk;
    if (left[0] && shown.includes(left[0][0])) program.stdin?.write(left.shift()?.[1] ?? '');
  });
  const [code] = await exited;
  assert.deepEqual(left, [], shown);
  return code;
}

test('a person is asked', terminal, async () => {
  await using charmed = new Charmed();
  const code = await press(atTerminal(charmed), { 'What kind': '\r', 'What is its name?': 'shop\r' });
  assert.equal(code, 0);
  assert.match(readFileSync(charmed.path('web/charmcraft.yaml'), 'utf8'), /^name: shop\n/);
});

test('Ctrl-C ends the questions with nothing written', terminal, async () => {
  await using charmed = new Charmed();
  assert.equal(await press(atTerminal(charmed), { 'What kind': '\u0003' }), 130);
  assert.equal(await press(atTerminal(charmed, ...KUBERNETES), { 'What is its name?': '\u0003' }), 130);
  assert.equal(existsSync(charmed.path('web')), false);
});
