// Who a unit is meant to have around it. Follows juju/juju apiserver/facades/agent/uniter/uniter.go, GoalStates.

import type { Goal, GoalState } from '../juju/context/model.ts';
import { isPeer, localEndpoint, relationsOf, remoteApplication } from './relation.ts';
import type { ModelState, RelationState } from './state.ts';
import { unitsOf } from './update.ts';

export function goalStateOf(state: ModelState, application: string): GoalState {
  const relations: Record<string, Record<string, Goal>> = {};
  for (const relation of relationsOf(state, application)) {
    if (isPeer(relation)) continue;
    const endpoint = localEndpoint(relation, application).name;
    const remote = remoteApplication(relation, application);
    const goal = { status: relationStatus(relation), since: lastStatus(state, [application, remote]) };
    relations[endpoint] = { ...relations[endpoint], [remote]: goal, ...unitGoals(state, remote) };
  }
  return { units: unitGoals(state, application), relations };
}

function unitGoals(state: ModelState, application: string): Record<string, Goal> {
  const goals = unitsOf(state, application).map(({ name, life, hook, workloadStatus: { status, since } }) => {
    const shown = hook?.step === 'failed' ? 'error' : status;
    return [name, { status: life === 'dying' ? 'dying' : shown, since }] as const;
  });
  return Object.fromEntries(goals);
}

function relationStatus({ life, units }: RelationState): string {
  if (life === 'dying') return 'broken';
  return Object.values(units).some(({ scope }) => scope === 'joined') ? 'joined' : 'joining';
}

// The model does not keep since when a relation is as it is. Python ops wants to know.
function lastStatus(state: ModelState, applications: readonly string[]): string | undefined {
  const times = applications.flatMap((name) => unitsOf(state, name).map(({ workloadStatus }) => workloadStatus.since));
  return times.toSorted().at(-1);
}
