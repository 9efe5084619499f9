// What the model is meant to have, as far as a state says it.

import type { Goal, GoalState } from '@charmed/sim/juju';
import { PeerRelation, remoteAppOf, remoteUnitsOf } from '../state/relation.ts';
import type { DraftScope } from './scope.ts';

const ACTIVE: Goal = { status: 'active', since: undefined };
const JOINED: Goal = { status: 'joined', since: undefined };

export function goalStateOf({ state, appName, unitName }: DraftScope): GoalState {
  const relations: Record<string, Record<string, Goal>> = {};
  for (const relation of state.relations) {
    if (relation instanceof PeerRelation) continue;
    const remote = remoteAppOf(relation, appName);
    const units = Object.keys(remoteUnitsOf(relation)).map((number) => [`${remote}/${number}`, JOINED] as const);
    relations[relation.endpoint] = {
      ...relations[relation.endpoint],
      [remote]: JOINED,
      ...Object.fromEntries(units),
    };
  }
  return { units: Object.fromEntries(plannedUnits(state.plannedUnits, appName, unitName)), relations };
}

// This unit is one of them; the others have the lowest numbers that are left.
function plannedUnits(count: number, appName: string, unitName: string): [string, Goal][] {
  const numbered = Array.from({ length: count }, (_, number) => `${appName}/${number}`);
  const others = numbered.filter((name) => name !== unitName).slice(0, Math.max(count - 1, 0));
  return [...(count > 0 ? [unitName] : []), ...others].map((name) => [name, ACTIVE]);
}
