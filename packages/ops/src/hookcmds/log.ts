// The hook commands of the noun "log": arguments to argv, stdout to a value.

import type { LogLevel } from '../log.ts';
import { runCommand } from './command.ts';
import type { HookCommandOptions, HookRunner } from './runner.ts';

/** @param message at most 131,071 characters: what one argument of a process may hold. */
export async function jujuLog(
  runner: HookRunner,
  level: LogLevel,
  message: string,
  options?: HookCommandOptions,
): Promise<void> {
  await runCommand(runner, 'juju-log', jujuLogArgs(level, message), options);
}

export function jujuLogArgs(level: LogLevel, message: string): readonly string[] {
  return ['--log-level', level, '--', message];
}
