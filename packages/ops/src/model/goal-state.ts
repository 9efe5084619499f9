// What the application is meant to become, as this unit sees it. Loaded on use.

import type { GoalState } from '../hookcmds/goal-state.ts';
import type { Backend } from './backend.ts';

export async function readGoalState(backend: Backend): Promise<GoalState> {
  const { goalState } = await import('../hookcmds/goal-state.ts');
  return goalState(backend.runner);
}

/** The units that there are or will be, this one included, without those that are going. */
export async function countPlannedUnits(backend: Backend): Promise<number> {
  const { units } = await readGoalState(backend);
  return Object.values(units).filter(({ status }) => status !== 'dying').length;
}
