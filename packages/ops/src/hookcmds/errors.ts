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

/**
 * A hook command could not be run, or its answer did not come. It may or may not have taken effect, and is not repeated.
 *
 * After one, no further hook command of the dispatch is sent and the dispatch fails, even if the error is caught. The exception is
 * `agent-refused`: the agent answered that it does not run such a command. What is logged goes to stderr then, where juju-log may be
 * out of reach too.
 */
export class HookRunnerError extends OpsError {
  declare readonly code: HookRunnerErrorCode;

  /** Whether it ends the dispatch. */
  get isFault(): boolean {
    return this.code !== 'agent-refused';
  }

  /** Whether it says nothing of other commands: this one has certainly not run, and others may. */
  get neverStarted(): boolean {
    return this.code === 'hook-command-missing' || this.code === 'hook-command-failed-to-start';
  }
}

/** What an error says of a command that was sent and got no answer. */
export const MAY_HAVE_RUN = 'It may have run, and is not repeated.';

/** The error of a command that was not sent, since an earlier one failed. */
export function notSent(command: string, fault: HookRunnerError): HookRunnerError {
  const reason = `it was not sent, since no further hook command is after this: ${fault.message}`;
  return new HookRunnerError(fault.code, `cannot run ${command}: ${reason}`, { cause: fault });
}
