// What can be wrong with a part of a state by itself.

import { OpsError } from '@charmed/ops';

/** A part of a state has a value that Juju would never give it. */
export class StateValidationError extends OpsError {
  constructor(message: string) {
    super('bad-state', message);
  }
}

/** A state has no such part. */
export class NotInStateError extends OpsError {
  constructor(what: string, known: readonly (string | number)[]) {
    super('not-in-state', `cannot find ${what}: the state has ${known.join(', ') || 'none'}`);
  }
}
