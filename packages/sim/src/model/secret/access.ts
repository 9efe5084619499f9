// Who may read a secret, and who may change it. Follows juju/juju apiserver/common/secrets/access.go.

import type { SecretAccess } from '../../juju/context/secret.ts';
import { applicationOfUnit, relationName } from '../relation.ts';
import type { ModelState } from '../state.ts';
import type { SecretGrant, SecretState } from './state.ts';

/** Whether the unit owns the secret, or leads the application that does. */
export function manages(state: ModelState, unit: string, { owner }: Pick<SecretState, 'owner'>): boolean {
  return owner.kind === 'unit' ? owner.name === unit : state.applications[owner.name]?.leader === unit;
}

export function mayRead(unit: string, { owner, grants }: Pick<SecretState, 'owner' | 'grants'>): boolean {
  const application = applicationOfUnit(unit);
  if (owner.name === unit || (owner.kind === 'application' && owner.name === application)) return true;
  return grants.some((grant) => (grant.unit === null ? grant.application === application : grant.unit === unit));
}

/** In Juju's tags. */
export function accessOf(state: ModelState, { relation, application, unit }: SecretGrant): SecretAccess {
  const related = state.relations[relation];
  const key = related === undefined ? '' : relationName(related);
  return {
    target: unit === null ? `application-${application}` : `unit-${unit.replace('/', '-')}`,
    scope: `relation-${key.replaceAll(':', '.').replace(' ', '#')}`,
  };
}
