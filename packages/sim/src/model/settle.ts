// What follows by itself from a change: units enter relations, leaders are chosen, and what is finished goes away.

import { dropUnit } from './application.ts';
import { isRelationEvent } from './event.ts';
import { electLeaders } from './leadership.ts';
import { dropAbandonedRelations, enterScope, isPeer, leaveScope, relationsOf } from './relation.ts';
import { tidySecrets } from './secret/tidy.ts';
import type { ModelState, UnitState } from './state.ts';
import { addSubordinate, endSubordinates, mayEnter, subordinatesOf } from './subordinate.ts';
import { drop, unitsOf } from './update.ts';

/** Every command on the model ends with this. A settled state is returned as it is. */
export function settle(state: ModelState): ModelState {
  const left = dropUnits(leaveUnseen(endSubordinates(state)));
  const cleared = dropFinishedApplications(dropAbandonedRelations(left));
  return tidySecrets(electLeaders(enterScopes(cleared)));
}

// juju/juju internal/worker/uniter/relation/statetracker.go: a unit enters the scopes of its relations once it is installed.
function enterScopes(state: ModelState): ModelState {
  let next = state;
  for (const unit of Object.values(state.units)) {
    if (!unit.installed || unit.life === 'dying') continue;
    for (const relation of relationsOf(state, unit.application)) {
      const current = next.units[unit.name];
      if (relation.life === 'dying' || current === undefined || current.relations[relation.id] !== undefined) continue;
      if (!mayEnter(next, relation, current)) continue;
      next = addSubordinate(enterScope(next, next.relations[relation.id] ?? relation, current), relation, current);
    }
  }
  return next;
}

// Who has not run relation-created has nothing to break.
function leaveUnseen(state: ModelState): ModelState {
  let next = state;
  for (const unit of Object.values(state.units)) {
    for (const [key, { created }] of Object.entries(unit.relations)) {
      const id = Number(key);
      const going = unit.life === 'dying' || state.relations[id]?.life === 'dying';
      if (going && !created && !isAbout(unit, id)) next = leaveScope(next, id, unit.name, 'left');
    }
  }
  return next;
}

function isAbout({ hook }: UnitState, relationId: number): boolean {
  return hook !== null && isRelationEvent(hook.event) && hook.event.relationId === relationId;
}

// A unit that never began to install has nothing to tear down; one that has done so waits for its subordinates.
function dropUnits(state: ModelState): ModelState {
  const all = Object.values(state.units);
  const unborn = all.filter(({ life, installed, hook }) => life === 'dying' && !installed && hook?.step === 'queued');
  const left = unborn.reduce((next, { name }) => dropUnit(next, name), state);
  const bySubordinatesFirst = all
    .filter(({ removed }) => removed)
    .toSorted((a, b) => Number(b.principal !== null) - Number(a.principal !== null));
  return bySubordinatesFirst.reduce(
    (next, { name }) => (subordinatesOf(next, name).length > 0 ? next : dropUnit(next, name)),
    left,
  );
}

function dropFinishedApplications(state: ModelState): ModelState {
  let next = state;
  for (const { name, life } of Object.values(state.applications)) {
    const relations = relationsOf(state, name);
    if (life === 'alive' || unitsOf(state, name).length > 0 || !relations.every(isPeer)) continue;
    for (const { id } of relations) next = drop(next, 'relations', String(id));
    next = drop(next, 'applications', name);
  }
  return next;
}
