// The hook commands of the noun "application-version": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { tell } from './command.ts';
import type { HookRunner } from './runner.ts';

/** The version of the workload, which `juju status` shows beside the application. */
export function applicationVersionSet(runner: HookRunner, version: string): Operation<void> {
  return tell(runner, 'application-version-set', ['--', version]);
}
