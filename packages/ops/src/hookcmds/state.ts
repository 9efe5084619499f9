// The hook commands of the noun "state": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, operands, tell } from './command.ts';
import { stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/**
 * All of the unit's state that Juju keeps, or what is at `key`: empty if there is nothing.
 *
 * @param options.strict whether it fails with a HookCommandError if there is nothing at `key`, not even an empty text. Default: false.
 */
export function stateGet(runner: HookRunner): Operation<Readonly<Record<string, string>>>;
export function stateGet(runner: HookRunner, key: string, options?: { readonly strict?: boolean }): Operation<string>;
export function stateGet(
  runner: HookRunner,
  key?: string,
  options: { readonly strict?: boolean } = {},
): Operation<Readonly<Record<string, string>> | string> {
  if (key === undefined) return ask(runner, 'state-get', [], stringRecord);
  return ask(runner, 'state-get', [...(options.strict ? ['--strict'] : []), ...operands(key)], text);
}

/** Juju's limits: 256 bytes a key, 64 KiB a value. They go through stdin. */
export function stateSet(runner: HookRunner, values: Readonly<Record<string, string>>): Operation<void> {
  return tell(runner, 'state-set', ['--file', '-'], { stdin: JSON.stringify(values) });
}

export function stateDelete(runner: HookRunner, key: string): Operation<void> {
  return tell(runner, 'state-delete', operands(key));
}
