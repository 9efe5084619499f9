// Runs one hook command and turns a failure into an error. What Juju prints on stderr is the only sign of what went wrong, so the
// one table that reads it is here.

import { OpsError } from '../errors.ts';
import type { HookCommandOptions, HookRunner } from './runner.ts';

/** A hook command answered with a non-zero exit code. */
export class HookCommandError extends OpsError {
  readonly command: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  /** What Juju printed, without the leading `ERROR`. */
  readonly stderr: string;

  constructor(failure: { command: string; args: readonly string[]; exitCode: number; stderr: string }) {
    const stderr = failure.stderr.trim().replace(/^ERROR /, '');
    const reason = stderr || `exit code ${failure.exitCode}`;
    super(codeOf(failure.command, stderr), `cannot run ${failure.command}: ${reason}`);
    this.command = failure.command;
    this.args = failure.args;
    this.exitCode = failure.exitCode;
    this.stderr = stderr;
  }
}

const CODES: readonly { readonly command: RegExp; readonly stderr: RegExp; readonly code: string }[] = [
  { command: /^(relation|network)-/, stderr: /relation not found|relation .* not found/i, code: 'relation-not-found' },
  { command: /^secret-/, stderr: /not found/i, code: 'secret-not-found' },
  { command: /./, stderr: /not the leader|not leader|cannot write relation settings/i, code: 'not-leader' },
  { command: /./, stderr: /access denied|permission denied/i, code: 'permission-denied' },
];

function codeOf(command: string, stderr: string): string {
  const match = CODES.find((entry) => entry.command.test(command) && entry.stderr.test(stderr));
  return match?.code ?? 'hook-command-failed';
}

/**
 * Runs a hook command and returns its stdout.
 *
 * @throws HookCommandError when it answers with a non-zero exit code.
 */
export async function runCommand(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  options?: HookCommandOptions,
): Promise<string> {
  const result = await runner.run(command, args, options);
  if (result.code !== 0) throw new HookCommandError({ command, args, exitCode: result.code, stderr: result.stderr });
  return result.stdout;
}

/**
 * Runs a hook command that answers in JSON.
 *
 * @throws OpsError `bad-hook-command-answer` when its stdout is not what `read` expects.
 */
export async function runForJson<T>(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  read: (value: unknown) => T,
): Promise<T> {
  const stdout = await runCommand(runner, command, ['--format=json', ...args]);
  try {
    return read(JSON.parse(stdout));
  } catch (error) {
    const start = JSON.stringify(stdout.slice(0, 200));
    throw new OpsError('bad-hook-command-answer', `cannot read the answer of ${command}: it printed ${start}`, {
      cause: error,
    });
  }
}
