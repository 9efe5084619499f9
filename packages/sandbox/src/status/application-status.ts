// The status of an application: what its leader has set, else the most severe of its units'.
// Follows juju/juju core/status/status.go, DeriveStatus.

import {
  failureMessage,
  unitsOf,
  type ApplicationState,
  type ModelState,
  type StatusSince,
  type UnitState,
} from '@charmed/sim/model';

const SEVERITY = ['error', 'blocked', 'waiting', 'maintenance', 'active', 'terminated', 'unknown'];

export function applicationStatus(state: ModelState, application: ApplicationState): StatusSince {
  if (application.status !== null) return application.status;
  const [worst] = unitsOf(state, application.name)
    .map((unit) => displayed(state, unit))
    .toSorted((a, b) => severity(a) - severity(b));
  return worst ?? { status: 'unknown', message: '', data: {}, since: '' };
}

function displayed(state: ModelState, unit: UnitState): StatusSince {
  const message = failureMessage(state, unit);
  return message === undefined ? unit.workloadStatus : { ...unit.workloadStatus, status: 'error', message };
}

function severity({ status }: StatusSince): number {
  const rank = SEVERITY.indexOf(status);
  return rank === -1 ? SEVERITY.length : rank;
}
