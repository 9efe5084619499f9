// Runs one hook command, as an operation of whoever calls, and makes a value or an error of its answer.

import { OpsError, reasonOf } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { errorOf } from './command-error.ts';
import type { HookCommandOptions, HookRunner } from './runner.ts';

/**
 * Runs a hook command that answers nothing but its exit code.
 *
 * @param args a function if there may be something wrong with them; the operation then fails before anything runs.
 * @throws HookCommandError when the exit code is not zero.
 */
export function tell(
  runner: HookRunner,
  command: string,
  args: readonly string[] | (() => readonly string[]),
  options?: HookCommandOptions,
): Operation<void> {
  return operation(command, async () => {
    await stdoutOf(runner, command, typeof args === 'function' ? args() : args, options);
  });
}

/**
 * Runs a hook command that answers with plain text.
 *
 * @throws HookCommandError when its exit code is not zero.
 */
export function askForText(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  options?: HookCommandOptions,
): Operation<string> {
  return operation(command, async () => (await stdoutOf(runner, command, args, options)).trim());
}

/**
 * Runs a hook command that answers in JSON.
 *
 * @throws HookCommandError when its exit code is not zero, OpsError `bad-hook-command-answer` when its stdout is not what `read` expects.
 */
export function ask<T>(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  read: (value: unknown) => T,
): Operation<T> {
  return operation(command, async () => {
    const stdout = await stdoutOf(runner, command, ['--format=json', ...args]);
    try {
      return read(JSON.parse(stdout));
    } catch (error) {
      throw badAnswer(command, stdout, error);
    }
  });
}

/** What stands behind the flags of a command; what begins with a dash would be taken for one of them. */
export function operands(...texts: readonly string[]): readonly string[] {
  return texts.some((text) => /^-./s.test(text)) ? ['--', ...texts] : texts;
}

async function stdoutOf(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  options?: HookCommandOptions,
): Promise<string> {
  const { code, stdout, stderr } = await runner.run(command, args, options);
  if (code !== 0) throw errorOf({ command, args, exitCode: code, stderr });
  return stdout;
}

/** What these answer may be confidential, so that it must not get into an error and from there into the log. */
const CONFIDENTIAL: ReadonlySet<string> = new Set([
  'action-get',
  'credential-get',
  'leader-get',
  'relation-get',
  'secret-get',
  'state-get',
]);

function badAnswer(command: string, stdout: string, cause: unknown): OpsError {
  if (CONFIDENTIAL.has(command)) {
    // The message of a SyntaxError quotes what it could not parse.
    const reason = cause instanceof SyntaxError ? 'what it printed is not JSON' : reasonOf(cause);
    return new OpsError('bad-hook-command-answer', `cannot read the answer of ${command}: ${reason}`);
  }
  const start = JSON.stringify(stdout.slice(0, 200));
  return new OpsError('bad-hook-command-answer', `cannot read the answer of ${command}: it printed ${start}`, {
    cause,
  });
}
