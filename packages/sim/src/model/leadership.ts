// Who leads. Juju gives the lease to whoever asks first; here it is the oldest unit that stays. A leader keeps it until it is gone.

import type { ModelState } from './state.ts';
import { applicationOf, patch, unitOf, unitsOf } from './update.ts';

export function electLeaders(state: ModelState): ModelState {
  let next = state;
  for (const { name, leader } of Object.values(state.applications)) {
    if (leader !== null && state.units[leader] !== undefined) continue;
    const successor = unitsOf(state, name).find(({ life }) => life === 'alive')?.name ?? null;
    if (successor !== leader) next = patch(next, 'applications', name, { leader: successor });
  }
  return next;
}

/** The lease of the leader has run out, and this unit is the one that asks. @throws ModelCommandError `unknown-unit`. */
export function moveLeadership(state: ModelState, unit: string): ModelState {
  const { application } = unitOf(state, unit);
  const { leader } = applicationOf(state, application);
  if (leader === unit) return state;
  const deposed = leader === null ? state : patch(state, 'units', leader, { acceptedLeadership: false });
  const elected = patch(deposed, 'units', unit, { acceptedLeadership: false });
  return patch(elected, 'applications', application, { leader: unit });
}
