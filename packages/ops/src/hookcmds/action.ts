// The hook commands of the noun "action": arguments to argv, stdout to a value.

import { runCommand, runForJson } from './command.ts';
import { record } from './read.ts';
import type { HookRunner } from './runner.ts';

export function actionGet(runner: HookRunner): Promise<Readonly<Record<string, unknown>>> {
  return runForJson(runner, 'action-get', [], record);
}

/** @param results keys in dotted form, such as `backup.size`. */
export async function actionSet(runner: HookRunner, results: Readonly<Record<string, string>>): Promise<void> {
  await runCommand(
    runner,
    'action-set',
    Object.entries(results).map(([key, value]) => `${key}=${value}`),
  );
}

export async function actionLog(runner: HookRunner, message: string): Promise<void> {
  await runCommand(runner, 'action-log', ['--', message]);
}

export async function actionFail(runner: HookRunner, message: string): Promise<void> {
  await runCommand(runner, 'action-fail', ['--', message]);
}
