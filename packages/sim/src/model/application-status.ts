// The status of an application: what its leader has set, else the most severe of its units'.
// Follows juju/juju core/status/status.go, DeriveStatus.

import { failureMessage } from './commit.ts';
import type { ApplicationState, ModelState, StatusSince, UnitState } from './state.ts';
import { unitsOf } from './update.ts';

const SEVERITY = ['error', 'blocked', 'waiting', 'maintenance', 'active', 'terminated', 'unknown'];

export function applicationStatus(state: ModelState, application: ApplicationState): StatusSince {
  if (application.status !== null) return application.status;
  const [worst] = unitsOf(state, application.name)
    .map((unit) => unitStatus(state, unit))
    .toSorted((a, b) => severity(a) - severity(b));
  return worst ?? { status: 'unknown', message: '', data: {}, since: '' };
}

/** The status of a unit as it is shown: an error while a hook of it has failed. */
export function unitStatus(state: ModelState, unit: UnitState): StatusSince {
  const message = failureMessage(state, unit);
  return message === undefined ? unit.workloadStatus : { ...unit.workloadStatus, status: 'error', message };
}

function severity({ status }: StatusSince): number {
  const rank = SEVERITY.indexOf(status);
  return rank === -1 ? SEVERITY.length : rank;
}
