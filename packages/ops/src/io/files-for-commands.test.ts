// Confidential contents reach hook commands in private files that do not stay.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { configGet, hookRunner, secretAdd } from '../hook-commands.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import { withFiles } from './files-for-commands.ts';

const scratch = mkdtempSync(join(tmpdir(), 'charmed-test-'));
after(() => rmSync(scratch, { recursive: true }));

/** A runner that looks at the files it is handed, and then does what `answer` does. */
function looking(seen: string[], answer: () => number = () => 0): HookRunner {
  return {
    run: async (_command, args) => {
      for (const arg of args) {
        const [name, path = ''] = arg.split('#file=');
        assert.ok(isAbsolute(path));
        assert.equal(statSync(path).mode & 0o777, 0o600);
        assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
        assert.equal(path.includes(name ?? ''), false, 'a key cannot choose the path');
        seen.push(`${name}=${readFileSync(path, 'utf8')}`, path);
      }
      return { code: answer(), stdout: '', stderr: '' };
    },
    close: () => Promise.resolve(),
  };
}

test('each content is in a file that only its user can read, and gone with the answer', async () => {
  const seen: string[] = [];
  await withFiles(looking(seen)).run('secret-add', [], { files: { '../key': 'a\0ü\n', other: '' } });
  assert.deepEqual([seen[0], seen[2]], ['../key=a\0ü\n', 'other=']);
  for (const path of [seen[1], seen[3]]) assert.equal(existsSync(dirname(path ?? '')), false);
});

test('the files do not outlive a runner that fails', async () => {
  const seen: string[] = [];
  const runner = looking(seen, () => {
    throw new Error('the agent went away');
  });
  await assert.rejects(withFiles(runner).run('secret-add', [], { files: { key: 'x' } }), /went away/);
  assert.equal(existsSync(dirname(seen[1] ?? '')), false);
});

test('the files do not outlive a charm that exits in the middle', async () => {
  const program = `
    const { withFiles } = await import(${JSON.stringify(join(import.meta.dirname, 'files-for-commands.ts'))});
    const run = async (_command, [arg]) => { console.log(arg.split('=')[1]); process.exit(3); };
    await withFiles({ run }).run('secret-add', [], { files: { key: 'x' } });`;
  const ended = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const { code, stdout } = await ended.then(
    () => assert.fail('it did not exit'),
    (error: { code: number; stdout: string }) => error,
  );
  assert.equal(code, 3);
  assert.ok(isAbsolute(stdout.trim()));
  assert.equal(existsSync(dirname(stdout.trim())), false);
});

test('the files of a charm that was killed in the middle are removed by the next that has some', async () => {
  const program = (end: string) => `
    const { withFiles } = await import(${JSON.stringify(join(import.meta.dirname, 'files-for-commands.ts'))});
    const run = async (_command, [arg]) => { console.log(arg.split('=')[1]); ${end}; };
    await withFiles({ run }).run('secret-add', [], { files: { key: 'x' } });`;
  const run = (end: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program(end)], {
      env: { TMPDIR: scratch },
    });
  const killed = await run(`process.kill(process.pid, 'SIGKILL')`).then(
    () => assert.fail('it lives'),
    (error: { stdout: string }) => error.stdout.trim(),
  );
  assert.ok(killed.startsWith(scratch));
  assert.equal(existsSync(killed), true);
  await run('');
  assert.equal(existsSync(dirname(killed)), false);
});

test('where no file can be written, the command is not run', async () => {
  const program = `
    const { withFiles } = await import(${JSON.stringify(join(import.meta.dirname, 'files-for-commands.ts'))});
    const run = async () => console.log('it ran');
    const error = await withFiles({ run }).run('secret-add', [], { files: { key: 'hunter2' } }).catch((reason) => reason);
    console.log(error.name, error.code, error.message);`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { TMPDIR: join(scratch, 'nowhere') } });
  assert.match(stdout, /^HookRunnerError hook-command-failed-to-start cannot run secret-add: .*nowhere.*TMPDIR/);
  assert.equal(stdout.includes('hunter2'), false);
});

test('without the framework, hook commands are run as the environment says', async () => {
  command('config-get', `echo '{"port":8080}'`);
  command(
    'secret-add',
    `for arg; do case $arg in *'#file='*) cat "\${arg#*=}"; esac; done; echo "$@" > ${scratch}/argv`,
  );
  {
    await using juju = await hookRunner({ PATH: `${scratch}:/usr/bin:/bin`, JUJU_CHARM_DIR: scratch });
    assert.deepEqual(await configGet(juju), { port: 8080 });
    assert.equal(await secretAdd(juju, { password: 'hunter2' }), 'hunter2');
  }
  assert.equal(readFileSync(join(scratch, 'argv'), 'utf8').includes('hunter2'), false);
});

function command(name: string, script: string): void {
  writeFileSync(join(scratch, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(scratch, name), 0o755);
}
