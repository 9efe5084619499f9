import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { runDispatch } from './dispatch.ts';

const ENVIRONMENT = { PATH: '/usr/bin:/bin', JUJU_UNIT_NAME: 'web/0' };

test('the script runs in the charm, with exactly the environment given, and its output comes line by line', async (t) => {
  const run = await charm(t, { dispatch: 'pwd; env; echo oops >&2; printf unfinished' });
  const { end, output, charmDir } = await run();
  assert.deepEqual(end, { error: undefined, code: 0, missing: false });
  assert.equal(output[0], `stdout ${charmDir}`);
  assert.deepEqual(output.slice(1).toSorted(), [
    'stderr oops',
    'stdout JUJU_UNIT_NAME=web/0',
    'stdout PATH=/usr/bin:/bin',
    `stdout PWD=${charmDir}`,
    'stdout unfinished',
  ]);
});

test('exit codes and signals are told as Go tells them', async (t) => {
  assert.deepEqual((await (await charm(t, { dispatch: 'exit 7' }))()).end, {
    error: 'exit status 7',
    code: 7,
    missing: false,
  });
  assert.equal((await (await charm(t, { dispatch: 'kill -9 $$' }))()).end.error, 'signal: killed');
});

test('without a dispatch each hook has its own file, and a hook without one is skipped', async (t) => {
  const run = await charm(t, { 'hooks/install': 'echo installing' });
  assert.deepEqual((await run()).output, ['stdout installing']);
  assert.deepEqual((await (await charm(t, {}))()).end, { error: undefined, code: 0, missing: true });
});

test('a dispatch that is not executable, or has no interpreter, fails', async (t) => {
  const plain = await charm(t, { dispatch: 'exit 0' }, 0o644);
  assert.match((await plain()).end.error ?? '', /dispatch is not executable$/);
  const broken = await charm(t, { dispatch: '' }, 0o755, '#!/no/such/interpreter');
  assert.match((await broken()).end.error ?? '', /ENOENT/);
});

test('a process that keeps the output open does not hold the hook up, and an abort kills the run', async (t) => {
  const leaver = await charm(t, { dispatch: 'sleep 1000 & echo $!' });
  const { end, output } = await leaver();
  assert.equal(end.error, undefined);
  process.kill(Number(output[0]?.split(' ')[1]), 'SIGKILL');
  const sleeper = await charm(t, { dispatch: 'sleep 1000' });
  assert.equal((await sleeper(AbortSignal.timeout(50))).end.error, 'signal: killed');
});

async function charm(
  t: { after(fn: () => Promise<void>): void },
  files: Readonly<Record<string, string>>,
  mode = 0o755,
  interpreter = '#!/bin/sh',
) {
  const charmDir = await mkdtemp(join(tmpdir(), 'dispatch-test-'));
  t.after(async () => await rm(charmDir, { recursive: true, force: true }));
  for (const [name, script] of Object.entries(files)) {
    const path = join(charmDir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${interpreter}\n${script}\n`);
    await chmod(path, mode);
  }
  return async (signal: AbortSignal = new AbortController().signal) => {
    const output: string[] = [];
    const onOutput = (stream: string, line: string) => void output.push(`${stream} ${line}`);
    const end = await runDispatch({
      charmDir,
      dispatchPath: 'hooks/install',
      environment: ENVIRONMENT,
      onOutput,
      signal,
    });
    return { end, output, charmDir };
  };
}
