// The hook commands of the noun "goal-state": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask } from './command.ts';
import { date, optional, record, recordOf, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** What the model is meant to become, as far as this application is concerned. */
export interface GoalState {
  /** The units of this application, by name. */
  readonly units: Readonly<Record<string, Goal>>;
  /** By endpoint, then by application or unit. */
  readonly relations: Readonly<Record<string, Readonly<Record<string, Goal>>>>;
}

export interface Goal {
  /** Such as `active`, `waiting` or `dying`. */
  readonly status: string;
  readonly since: Date | undefined;
}

export function goalState(runner: HookRunner): Operation<GoalState> {
  return ask(runner, 'goal-state', [], (value) => {
    const state = record(value);
    return {
      units: recordOf(state.units ?? {}, goal),
      relations: recordOf(state.relations ?? {}, (members) => recordOf(members, goal)),
    };
  });
}

function goal(value: unknown): Goal {
  const { status, since } = record(value);
  return { status: text(status), since: optional(since, date) };
}
