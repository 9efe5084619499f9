// A model that goes on for ever.

import { OpsError } from '@charmed/ops';

export function unsettled(): OpsError {
  return new OpsError(
    'unsettled',
    'cannot settle the model: its units still have events after ten thousand; do two charms change their data in turn?',
  );
}
