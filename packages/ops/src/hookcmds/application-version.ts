// The hook commands of the noun "application-version": arguments to argv, stdout to a value.

import { runCommand } from './command.ts';
import type { HookRunner } from './runner.ts';

export async function applicationVersionSet(runner: HookRunner, version: string): Promise<void> {
  await runCommand(runner, 'application-version-set', ['--', version]);
}
