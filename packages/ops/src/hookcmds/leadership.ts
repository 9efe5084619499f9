// The hook commands of the noun "leadership": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, operands, tell } from './command.ts';
import { flag, optional, stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** Whether this unit leads its application. Juju guarantees the answer for 30 seconds. */
export function isLeader(runner: HookRunner): Operation<boolean> {
  return ask(runner, 'is-leader', [], flag);
}

/**
 * The leader settings of the application, which all of its units can read; or the one at `key`. Up to Juju 3.6, where the settings of a
 * peer relation have long replaced them.
 */
export function leaderGet(runner: HookRunner): Operation<Readonly<Record<string, string>>>;
export function leaderGet(runner: HookRunner, key: string): Operation<string | undefined>;
export function leaderGet(
  runner: HookRunner,
  key?: string,
): Operation<Readonly<Record<string, string>> | string | undefined> {
  return key === undefined
    ? ask(runner, 'leader-get', [], stringRecord)
    : ask(runner, 'leader-get', operands(key), (value) => optional(value, text));
}

/**
 * Changes the leader settings at once, whether the hook succeeds or not. Only for the leader. An empty value deletes, and spaces around a
 * value are lost. They are on a command line, which others on the machine can see. Up to Juju 3.6.
 */
export function leaderSet(runner: HookRunner, settings: Readonly<Record<string, string>>): Operation<void> {
  return tell(runner, 'leader-set', ['--', ...Object.entries(settings).map(([key, value]) => `${key}=${value}`)]);
}
