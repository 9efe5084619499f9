// Time that passes in a model.

import { dueSecrets, ModelCommandError, requestUpdateStatus, settle } from '@charmed/sim/model';
import { timeOf, type World } from './world.ts';

const UPDATE_STATUS_MS = 5 * 60 * 1000;

/** Secrets are due, and units have update-status every five minutes. @throws ModelCommandError `bad-time`. */
export function advanced(world: World, ms: number): World {
  if (!(ms >= 0)) throw new ModelCommandError('bad-time', `cannot advance by ${ms} ms: time only goes on`);
  const now = world.now + ms;
  const isDue = Math.floor(now / UPDATE_STATUS_MS) > Math.floor(world.now / UPDATE_STATUS_MS);
  const names = isDue ? Object.keys(world.state.units) : [];
  const state = names.reduce(requestUpdateStatus, dueSecrets(world.state, timeOf({ now })));
  return { ...world, now, state: settle(state) };
}
