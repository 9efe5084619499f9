// How a run can end, beside what the charm itself throws, which comes out as it is.

import { OpsError } from '@charmed/ops';
import type { State } from '../state/state.ts';
import type { Recording } from './recording.ts';

/** The action has failed: the charm has said so. */
export class ActionFailedError extends OpsError {
  /** What the charm gave as the reason. */
  readonly reason: string;
  /** What came out of the run all the same. */
  readonly state: State;
  readonly actionLogs: Recording['actionLogs'];
  readonly actionResults: Recording['actionResults'];

  constructor(reason: string, state: State, recording: Pick<Recording, 'actionLogs' | 'actionResults'>) {
    super('action-failed', `the action has failed: ${reason}`);
    this.reason = reason;
    this.state = state;
    this.actionLogs = recording.actionLogs;
    this.actionResults = recording.actionResults;
  }
}

/** A manager runs its event once. */
export class AlreadyEmittedError extends OpsError {
  constructor() {
    super('already-emitted', 'cannot run again: the event of this manager has been emitted; make another manager');
  }
}

/** A context lacks what it needs to run the charm. */
export class ContextSetupError extends OpsError {
  constructor(message: string) {
    super('context-setup', message);
  }
}
