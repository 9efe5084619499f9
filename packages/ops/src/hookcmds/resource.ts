// The hook commands of the noun "resource": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { askForText } from './command.ts';
import type { HookRunner } from './runner.ts';

/** Downloads a resource, unless this unit already has its current revision, and returns the path of its file. */
export function resourceGet(runner: HookRunner, name: string): Operation<string> {
  return askForText(runner, 'resource-get', [name]);
}
