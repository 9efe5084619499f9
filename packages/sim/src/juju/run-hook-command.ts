// Runs one hook command as the agent does: command line in, stdout, stderr and exit code out. Follows juju/juju
// internal/worker/uniter/runner/jujuc/server.go and github.com/juju/cmd.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf, type HookCommandResult } from '@charmed/ops/internal';
import { parseArguments } from './arguments.ts';
import type { HookCommand } from './command.ts';
import { actionFail, actionGet, actionLog, actionSet } from './commands/action.ts';
import { applicationVersionSet } from './commands/application-version.ts';
import { configGet } from './commands/config.ts';
import { isLeader } from './commands/leadership.ts';
import { jujuLog } from './commands/log.ts';
import { networkGet, unitGet } from './commands/network.ts';
import { closePort, openedPorts, openPort } from './commands/port.ts';
import { relationGet, relationIds, relationList, relationSet } from './commands/relation.ts';
import { stateDelete, stateGet, stateSet } from './commands/state.ts';
import { statusGet, statusSet } from './commands/status.ts';
import { formatFrom, print } from './format.ts';
import { HookContextError, type HookContext } from './hook-context.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS: ReadonlyMap<string, HookCommand> = new Map(
  [
    actionFail,
    actionGet,
    actionLog,
    actionSet,
    applicationVersionSet,
    closePort,
    configGet,
    isLeader,
    jujuLog,
    networkGet,
    openedPorts,
    openPort,
    relationGet,
    relationIds,
    relationList,
    relationSet,
    stateDelete,
    stateGet,
    stateSet,
    statusGet,
    statusSet,
    unitGet,
  ].map((command) => [command.name, command]),
);

/** The hook commands that are simulated. */
export const hookCommandNames: readonly string[] = [...COMMANDS.keys()];

export interface HookCommandInput {
  /** `undefined` when the caller offers none. */
  readonly stdin?: string | undefined;
  /** What file arguments are relative to. Default: they must be absolute. */
  readonly dir?: string | undefined;
}

/** What goes wrong is in the exit code and stderr, as with the real commands. */
export function runHookCommand(
  context: HookContext,
  name: string,
  argv: readonly string[],
  input: HookCommandInput = {},
): HookCommandResult {
  const command = COMMANDS.get(name);
  if (!command) return failure(1, `bad request: unknown command: ${name}`);
  try {
    const kinds = { ...command.flags, ...(command.prints && { format: 'text' as const }) };
    const { flags, args } = parseArguments(argv, kinds);
    const format = formatFrom(String(flags.format ?? 'smart'));
    const value = command.run({ context, flags, args, readFile: (path) => readInput(path, input) });
    return { code: 0, stdout: command.prints ? print(value, format) : '', stderr: '' };
  } catch (error) {
    if (error instanceof UsageError) return failure(2, error.message);
    if (error instanceof HookContextError) return failure(1, error.message);
    throw error;
  }
}

function failure(code: number, message: string): HookCommandResult {
  return { code, stdout: '', stderr: `ERROR ${message}\n` };
}

function readInput(path: string, input: HookCommandInput): string {
  if (path === '-') return input.stdin ?? '';
  try {
    return readFileSync(resolve(input.dir ?? '/', path), 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new HookContextError(`open ${path}: ${missing ? 'no such file or directory' : reasonOf(error)}`);
  }
}
