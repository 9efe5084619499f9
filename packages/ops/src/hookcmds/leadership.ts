// The hook commands of the noun "leadership": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask } from './command.ts';
import { flag } from './read.ts';
import type { HookRunner } from './runner.ts';

/** Whether this unit leads its application. Juju guarantees the answer for 30 seconds. */
export function isLeader(runner: HookRunner): Operation<boolean> {
  return ask(runner, 'is-leader', [], flag);
}
