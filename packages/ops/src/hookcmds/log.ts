// The hook commands of the noun "log": arguments to argv, stdout to a value.

import type { LogLevel } from '../log.ts';
import type { Operation } from '../operations/operation.ts';
import { tell } from './command.ts';
import type { HookRunner } from './runner.ts';

/** @param message at most 131,071 bytes: what one argument of a process may hold. */
export function jujuLog(runner: HookRunner, level: LogLevel, message: string): Operation<void> {
  return tell(runner, 'juju-log', jujuLogArgs(level, message));
}

/** A NUL is written as `\0`: no argument of a process can hold one. */
export function jujuLogArgs(level: LogLevel, message: string): readonly string[] {
  return ['--log-level', level, '--', message.replaceAll('\0', String.raw`\0`)];
}
