// The one error of the gob codec.

import { HookRunnerError } from '../../../hookcmds/errors.ts';

/** What came over the agent's socket is not gob, or not what was expected. */
export class GobError extends HookRunnerError {
  constructor(reason: string) {
    super('agent-garbage', `cannot read the agent's answer: ${reason}`);
  }
}
