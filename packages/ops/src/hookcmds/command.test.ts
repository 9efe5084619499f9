// How the failure of a hook command becomes an error.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScriptedRunner } from '../../test/scripted-runner.ts';
import { HookCommandError, runCommand, runForJson } from './command.ts';

async function failureOf(command: string, stderr: string, code = 1): Promise<HookCommandError> {
  const runner = new ScriptedRunner({ [command]: { code, stderr } });
  try {
    await runCommand(runner, command, ['--flag', 'value']);
  } catch (error) {
    assert.ok(error instanceof HookCommandError);
    return error;
  }
  return assert.fail('the command succeeded');
}

test('what Juju prints tells what went wrong', async () => {
  const table: readonly (readonly [command: string, stderr: string, code: string])[] = [
    ['relation-get', 'ERROR invalid value "db:7" for option -r: relation not found\n', 'relation-not-found'],
    ['relation-list', 'ERROR relation "db:7" not found (not found)', 'relation-not-found'],
    ['network-get', 'ERROR relation not found', 'relation-not-found'],
    ['config-get', 'ERROR relation not found', 'hook-command-failed'],
    ['secret-get', 'ERROR secret "x" not found', 'secret-not-found'],
    ['status-set', 'ERROR setting application status: this unit is not the leader', 'not-leader'],
    ['relation-set', 'ERROR cannot write relation settings', 'not-leader'],
    ['relation-get', 'ERROR permission denied', 'permission-denied'],
    ['secret-get', 'ERROR access denied', 'permission-denied'],
    ['open-port', 'ERROR port conflict', 'hook-command-failed'],
    ['open-port', '', 'hook-command-failed'],
  ];
  for (const [command, stderr, code] of table) {
    assert.equal((await failureOf(command, stderr)).code, code, `${command}: ${stderr}`);
  }
});

test('a failure carries the command, its exit code and what Juju printed', async () => {
  const error = await failureOf('open-port', 'ERROR port conflict\n', 2);
  assert.equal(error.command, 'open-port');
  assert.deepEqual(error.args, ['--flag', 'value']);
  assert.equal(error.exitCode, 2);
  assert.equal(error.stderr, 'port conflict');
  assert.equal(error.message, 'cannot run open-port: port conflict');
  assert.equal((await failureOf('open-port', '', 3)).message, 'cannot run open-port: exit code 3');
});

test('a garbled answer is shown, cut to a bearable length, with its cause', async () => {
  const runner = new ScriptedRunner({ 'config-get': 'x'.repeat(10_000) });
  await assert.rejects(
    runForJson(runner, 'config-get', [], () => undefined),
    (error: Error) =>
      error.message.length < 300 && error.message.includes('config-get') && error.cause instanceof Error,
  );
});

test('a runner that has no answer at all is not mistaken for a failing command', async () => {
  const gone = new Error('the agent went away');
  const runner = { run: () => Promise.reject(gone), close: () => Promise.resolve() };
  await assert.rejects(runCommand(runner, 'config-get', []), gone);
});
