// Grants go with their relation, what a unit reads and owns goes with the unit, and what an application owns with the application.

import { applicationOfUnit } from '../relation.ts';
import type { ModelState } from '../state.ts';
import { drop, put } from '../update.ts';
import type { SecretState } from './state.ts';

/** Returns the same state if nothing is to go. */
export function tidySecrets(state: ModelState): ModelState {
  let next = state;
  for (const secret of Object.values(state.secrets)) {
    const { kind, name } = secret.owner;
    const isOrphan = !(name in (kind === 'unit' ? state.units : { ...state.applications, ...state.remotes }));
    const tidied = isOrphan ? undefined : tidy(state, secret);
    if (tidied === undefined) next = drop(next, 'secrets', secret.id);
    else if (tidied !== secret) next = put(next, 'secrets', secret.id, tidied);
  }
  return next;
}

function tidy(state: ModelState, secret: SecretState): SecretState {
  // Those of other models are their own business.
  const isThere = (unit: string) => unit in state.units || applicationOfUnit(unit) in state.remotes;
  const grants = secret.grants.filter(
    ({ relation, unit }) => state.relations[relation] !== undefined && (unit === null || isThere(unit)),
  );
  const consumers = Object.entries(secret.consumers).filter(([unit]) => isThere(unit));
  const isSame = grants.length === secret.grants.length && consumers.length === Object.keys(secret.consumers).length;
  return isSame ? secret : { ...secret, grants, consumers: Object.fromEntries(consumers) };
}
