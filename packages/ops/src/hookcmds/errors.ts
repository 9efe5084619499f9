// A hook command that gave no answer at all.

import { OpsError } from '../errors.ts';

export type HookRunnerErrorCode =
  | 'agent-closed'
  | 'agent-garbage'
  | 'agent-refused'
  | 'agent-unreachable'
  | 'hook-command-failed-to-start'
  | 'hook-command-missing'
  | 'hook-command-timeout';

/** A hook command could not be run, or its answer did not come. It may or may not have taken effect, and is not repeated. */
export class HookRunnerError extends OpsError {
  declare readonly code: HookRunnerErrorCode;
}
