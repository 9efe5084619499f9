// Runs one hook command as the agent does: command line in, stdout, stderr and exit code out. Follows juju/juju
// internal/worker/uniter/runner/jujuc/server.go and github.com/juju/cmd.

import { type HookCommandResult, quote } from '@charmed/ops/internal';
import { parseArguments, type FlagKinds } from './arguments.ts';
import { COMMANDS } from './command-table.ts';
import type { HookCommand } from './command.ts';
import { readInput, writeOutput, type HookCommandInput } from './files.ts';
import { formatFrom, print } from './format.ts';
import { HookContextError, type HookContext } from './hook-context.ts';
import { UsageError } from './usage-error.ts';

/** What goes wrong is in the exit code and stderr, as with the real commands. @throws StdinRequiredError */
export function runHookCommand(
  context: HookContext,
  name: string,
  argv: readonly string[],
  input: HookCommandInput = {},
): HookCommandResult {
  const command = COMMANDS.get(name);
  if (!command) return failure(1, `bad request: unknown command: ${name}`);
  try {
    return runCommand(command, context, argv, input);
  } catch (error) {
    if (error instanceof UsageError) return failure(2, error.message);
    if (error instanceof HookContextError) return failure(1, error.message);
    throw error;
  }
}

function failure(code: number, message: string): HookCommandResult {
  return { code, stdout: '', stderr: `ERROR ${message}\n` };
}

function runCommand(
  command: HookCommand,
  context: HookContext,
  argv: readonly string[],
  input: HookCommandInput,
): HookCommandResult {
  const { flags, args } = parseArguments(argv, { ...command.flags, ...commonFlags(command) }, context);
  const format = formatFrom(String(flags.format ?? command.prints)) ?? 'smart';
  const value = command.run({ context, flags, args, format, readFile: (path) => readInput(path, input) });
  const text = command.prints ? print(value, format) : typeof value === 'string' ? value : '';
  if (flags.output) writeOutput(String(flags.output), text, input);
  const complains = command.formatIsDeprecated && flags.format;
  return {
    code: 0,
    stdout: flags.output ? '' : text,
    stderr: complains ? `--format flag deprecated for command ${quote(command.name)}` : '',
  };
}

function commonFlags({ prints, formatIsDeprecated }: HookCommand): FlagKinds {
  if (formatIsDeprecated) return { format: 'text' };
  if (prints === undefined) return {};
  const checkFormat = (name: string) => {
    const known = formatFrom(name) !== undefined && !(prints === 'yaml' && name === 'smart');
    if (!known) throw new HookContextError(`unknown format ${quote(name)}`);
  };
  return { format: checkFormat, output: 'text', o: { sameAs: 'output' } };
}
