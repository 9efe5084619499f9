// How the failure of a hook command becomes an error.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ScriptedRunner } from '../../test/scripted-runner.ts';
import { ModelError } from '../errors.ts';
import { ask, tell } from './command.ts';
import { HookCommandError, RelationNotFoundError, SecretNotFoundError } from './command-error.ts';
import { stringRecord } from './read.ts';

async function failureOf(command: string, stderr: string, code = 1): Promise<HookCommandError> {
  const runner = new ScriptedRunner({ [command]: { code, stderr } });
  try {
    await tell(runner, command, ['--flag', 'value']);
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
    ['network-get', 'ERROR relation 42 not found', 'relation-not-found'],
    ['relation-model-get', 'ERROR permission denied', 'relation-not-found'],
    ['relation-list', 'ERROR permission denied (unauthorized access)', 'relation-not-found'],
    ['secret-grant', 'ERROR invalid value "9" for option --relation: relation not found', 'relation-not-found'],
    ['config-get', 'ERROR relation not found', 'hook-command-failed'],
    ['secret-get', 'ERROR secret "x" not found', 'secret-not-found'],
    ['status-set', 'ERROR setting application status: this unit is not the leader', 'not-leader'],
    ['relation-set', 'ERROR cannot write relation settings', 'not-leader'],
    ['relation-get', 'ERROR permission denied', 'permission-denied'],
    ['secret-get', 'ERROR access denied', 'permission-denied'],
    ['state-set', 'ERROR max allowed key length (256) exceeded quota limit exceeded', 'quota-exceeded'],
    ['action-log', 'ERROR not running an action', 'not-in-action'],
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

test('what a caller can react to has a class of its own', async () => {
  const relation = await failureOf('relation-get', 'ERROR invalid value "99" for option -r: relation not found\n', 2);
  assert.ok(relation instanceof RelationNotFoundError && relation instanceof ModelError);
  assert.equal(relation.name, 'RelationNotFoundError');
  assert.ok((await failureOf('secret-get', 'ERROR secret "x" not found')) instanceof SecretNotFoundError);
});

test('an error of a command with values on its command line does not tell what they were', async () => {
  for (const command of ['action-set', 'leader-set']) {
    const runner = new ScriptedRunner({ [command]: { code: 1, stderr: 'ERROR refused' } });
    await assert.rejects(
      async () => tell(runner, command, ['--', 'password=hunter2=', 'odd']),
      (error: HookCommandError) =>
        !inspect(error, { depth: null }).includes('hunter2') && error.args.join(' ') === '-- password=... odd',
    );
  }
});

test('an answer that may be confidential is shown neither by the error nor by its cause', async () => {
  for (const command of ['secret-get', 'credential-get', 'leader-get', 'relation-get', 'state-get', 'action-get']) {
    for (const answer of ['{"password":"hunter2"', '"hunter2"', '{"password":["hunter2"]}']) {
      await assert.rejects(
        async () => ask(new ScriptedRunner({ [command]: answer }), command, [], stringRecord),
        (error: Error) => !inspect(error, { depth: null, showHidden: true }).includes('hunter2'),
      );
    }
  }
});

test('a garbled answer is shown, cut to a bearable length, with its cause', async () => {
  const runner = new ScriptedRunner({ 'config-get': 'x'.repeat(10_000) });
  await assert.rejects(
    async () => ask(runner, 'config-get', [], () => undefined),
    (error: Error) =>
      error.message.length < 300 && error.message.includes('config-get') && error.cause instanceof Error,
  );
});

test('a runner that has no answer at all is not mistaken for a failing command', async () => {
  const gone = new Error('the agent went away');
  const runner = { run: () => Promise.reject(gone), close: () => Promise.resolve() };
  await assert.rejects(async () => tell(runner, 'config-get', []), gone);
});
