// The hook commands of the noun "state": arguments to argv, stdout to a value.

import { runCommand, runForJson } from './command.ts';
import { stringRecord } from './read.ts';
import type { HookRunner } from './runner.ts';

/** All of the unit's state that Juju keeps. */
export function stateGet(runner: HookRunner): Promise<Readonly<Record<string, string>>> {
  return runForJson(runner, 'state-get', [], stringRecord);
}

/** Juju's limits: 256 bytes a key, 64 KiB a value. */
export async function stateSet(runner: HookRunner, values: Readonly<Record<string, string>>): Promise<void> {
  await runCommand(runner, 'state-set', ['--file', '-'], { stdin: JSON.stringify(values) });
}

export async function stateDelete(runner: HookRunner, key: string): Promise<void> {
  await runCommand(runner, 'state-delete', [key]);
}
