// Units that live beside another one, on its machine: they come when that one enters a relation with their application, and go with it.
// Follows juju/juju state/relationunit.go (subordinateOps, Valid), internal/worker/uniter/relation/resolver.go
// (maybeDestroySubordinates) and statetracker.go (maybeSetSubordinateDying).

import { addUnit, endUnit, isSubordinate } from './application.ts';
import { applicationOfUnit, isContainerScoped, isPeer, remoteApplication } from './relation.ts';
import type { ModelState, RelationState, UnitState } from './state.ts';
import { applicationOf } from './update.ts';

/** The subordinates of a unit. */
export function subordinatesOf(state: ModelState, principal: string): readonly UnitState[] {
  return Object.values(state.units).filter((unit) => unit.principal === principal);
}

/** Whether a unit may enter a relation of its application, as things are now. */
export function mayEnter(state: ModelState, relation: RelationState, unit: UnitState): boolean {
  if (!isContainerScoped(relation) || isPeer(relation)) return true;
  const remote = remoteApplication(relation, unit.application);
  // One that is still going has to be gone before there can be another.
  if (unit.principal === null) return subordinateOf(state, unit, remote)?.life !== 'dying';
  return isSubordinate(applicationOf(state, remote)) || applicationOfUnit(unit.principal) === remote;
}

/** A unit has entered a relation: the subordinate that this asks for is there. */
export function addSubordinate(state: ModelState, relation: RelationState, unit: UnitState): ModelState {
  if (unit.principal !== null || !isContainerScoped(relation) || isPeer(relation)) return state;
  const application = applicationOf(state, remoteApplication(relation, unit.application));
  const isThere = subordinateOf(state, unit, application.name) !== undefined;
  return isThere ? state : addUnit(state, application, unit.agentStatus.since, unit);
}

function subordinateOf(state: ModelState, { name }: UnitState, application: string): UnitState | undefined {
  return subordinatesOf(state, name).find((unit) => unit.application === application);
}

/** Subordinates go with their principal, and when nothing relates them to it any more. */
export function endSubordinates(state: ModelState): ModelState {
  const ending = Object.values(state.units).filter((unit) => unit.life === 'alive' && hasLostPrincipal(state, unit));
  return ending.reduce((next, { name }) => endUnit(next, name), state);
}

// Both are noticed between hooks.
function hasLostPrincipal(state: ModelState, { application, principal: name, installed, hook }: UnitState): boolean {
  const principal = name === null ? undefined : state.units[name];
  if (principal === undefined) return name !== null;
  if (principal.life === 'dying' && principal.hook === null) return true;
  const isBound = Object.values(state.relations).some(
    (relation) =>
      relation.life === 'alive' &&
      isContainerScoped(relation) &&
      [application, principal.application].every((each) => relation.endpoints.some((end) => end.application === each)),
  );
  return installed && hook === null && !isBound;
}
