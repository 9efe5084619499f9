// goal-state. Follows juju/juju internal/worker/uniter/runner/jujuc/goal-state.go.

import type { HookCommand } from '../command.ts';
import type { Goal } from '../context/model.ts';
import { goMap } from '../go/value.ts';
import { requireAtMost } from '../usage-error.ts';

export const goalState: HookCommand = {
  name: 'goal-state',
  prints: 'yaml',
  run({ context, args }) {
    requireAtMost(args, 0);
    const { units, relations } = context.goalState();
    const endpoints = Object.entries(relations).map(([endpoint, members]) => [endpoint, goals(members)] as const);
    return { units: goals(units), relations: goMap(Object.fromEntries(endpoints)) };
  },
};

function goals(members: Readonly<Record<string, Goal>>): ReadonlyMap<string, object> {
  const shown = Object.entries(members).map(([name, { status, since }]) => {
    return [name, since === undefined ? { status } : { status, since: time(since) }] as const;
  });
  return goMap(Object.fromEntries(shown));
}

// RFC 3339 in UTC with a space, as Juju shows times.
function time(iso: string): string {
  return new Date(iso)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}
