// Models that are related to each other: what happens in one of them may be news for the others.

import { exchange, settle } from '@charmed/sim/model';
import { provide } from './workloads.ts';
import type { Worlds } from './world.ts';

/** After they have told each other all that is new. */
export function connected(worlds: Worlds): Worlds {
  if (worlds.length < 2) return worlds;
  let known = worlds;
  for (;;) {
    const states = exchange(known.map(({ state }) => state)).map(settle);
    const before = known;
    if (states.every((state, index) => state === before[index]?.state)) return known;
    known = before.map((world, index) => provide({ ...world, state: states[index] ?? world.state }));
  }
}
