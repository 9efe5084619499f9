// The hook commands of the noun "unit": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask } from './command.ts';
import { text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** An address of this unit. `networkGet` knows more, and tells the networks apart. */
export function unitGet(runner: HookRunner, which: 'private-address' | 'public-address'): Operation<string> {
  return ask(runner, 'unit-get', [which], text);
}
