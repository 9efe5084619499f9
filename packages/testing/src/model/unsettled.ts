// A model that goes on for ever.

import { OpsError } from '@charmed/ops';

/** @param steps after so many. */
export function unsettled(steps: number): OpsError {
  return new OpsError(
    'unsettled',
    `cannot settle the model: its units still have events after ${steps}; do two charms change their data in turn?`,
  );
}
