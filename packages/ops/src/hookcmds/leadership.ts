// The hook commands of the noun "leadership": arguments to argv, stdout to a value.

import { runForJson } from './command.ts';
import { flag } from './read.ts';
import type { HookRunner } from './runner.ts';

export function isLeader(runner: HookRunner): Promise<boolean> {
  return runForJson(runner, 'is-leader', [], flag);
}
