// Relations: made between endpoints, entered and left by units, and what each unit can see of the others.
// Follows juju/juju state/relation.go and state/relationunit.go.

import { inferEndpoints } from './endpoint.ts';
import type { Settings } from '../juju/context/relation.ts';
import type { Endpoint, MemberBag, ModelState, RelationState, SeenRelation, UnitState } from './state.ts';
import { ModelCommandError, patch, patchInfo, put, drop } from './update.ts';

/**
 * Relates two endpoints, each given as `application` or `application:endpoint`.
 *
 * @throws ModelCommandError `unknown-application`, `unknown-endpoint`, `no-relation`, `ambiguous-relation`, `relation-exists`,
 * `relation-limit`.
 */
export function integrate(state: ModelState, first: string, second: string): ModelState {
  const endpoints = inferEndpoints(state, first, second);
  for (const { application } of endpoints) {
    if (state.applications[application]?.life === 'dying') {
      throw new ModelCommandError('application-dying', `cannot integrate "${application}": it is being removed`);
    }
  }
  const name = relationName({ endpoints });
  const same = Object.values(state.relations).find((relation) => relationName(relation) === name);
  if (same !== undefined) {
    const reason =
      same.life === 'dying' ? 'it is still being removed; try again when that is done' : 'it already exists';
    throw new ModelCommandError('relation-exists', `cannot add relation "${name}": ${reason}`);
  }
  for (const endpoint of endpoints) refuseOverLimit(state, endpoint);
  return addRelation(state, endpoints);
}

/** @throws ModelCommandError as {@link integrate}, and `no-relation` if the endpoints are not related. */
export function removeRelation(state: ModelState, first: string, second: string): ModelState {
  const relation = relationBetween(state, first, second);
  return patch(state, 'relations', String(relation.id), { life: 'dying' });
}

// Of several that are meant, the endpoints have to say which.
function relationBetween(state: ModelState, first: string, second: string): RelationState {
  const relations = Object.values(state.relations);
  const [only, ...others] = relations.filter((each) => isBetween(each, first, second));
  if (only !== undefined && others.length === 0) return only;
  const name = relationName({ endpoints: inferEndpoints(state, first, second) });
  const named = relations.find((each) => relationName(each) === name);
  if (named !== undefined) return named;
  throw new ModelCommandError('no-relation', `cannot remove relation "${name}": there is none`);
}

function isBetween({ endpoints }: RelationState, first: string, second: string): boolean {
  const [one, other] = endpoints;
  if (one === undefined || other === undefined) return false;
  const means = ({ application, name }: Endpoint, text: string) =>
    text === application || text === `${application}:${name}`;
  return (means(one, first) && means(other, second)) || (means(one, second) && means(other, first));
}

/** @param shared its token, if it comes from another model. */
export function addRelation(state: ModelState, endpoints: readonly Endpoint[], shared?: string): ModelState {
  const id = state.model.nextRelation;
  const isRemote = endpoints.some(({ application }) => application in state.remotes);
  const token = isRemote && { token: shared ?? `${state.model.uuid}/${id}` };
  const applications = Object.fromEntries(
    endpoints.map(({ application }) => [application, { settings: {}, version: 0 }]),
  );
  const relation: RelationState = { id, life: 'alive', endpoints, units: {}, applications, ...token };
  return put(patchInfo(state, { nextRelation: id + 1 }), 'relations', String(id), relation);
}

/** As Juju spells a relation: `guestbook:db kv:db`, requirer first. */
export function relationName({ endpoints }: Pick<RelationState, 'endpoints'>): string {
  return endpoints
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ application, name }) => `${application}:${name}`)
    .join(' ');
}

const rank = ({ role }: Endpoint) => (role === 'requires' ? 0 : 1);

/** In the order of their ids. */
export function relationsOf(state: ModelState, application: string): readonly RelationState[] {
  return Object.values(state.relations)
    .filter(({ endpoints }) => endpoints.some((endpoint) => endpoint.application === application))
    .toSorted((a, b) => a.id - b.id);
}

/** Whether each principal unit and its subordinate have it to themselves. */
export function isContainerScoped({ endpoints }: RelationState): boolean {
  return endpoints[0]?.scope === 'container';
}

export function isPeer(relation: RelationState): boolean {
  return relation.endpoints.length === 1;
}

/** The relation's endpoint on the side of an application. */
export function localEndpoint(relation: RelationState, application: string): Endpoint {
  const endpoint = relation.endpoints.find((each) => each.application === application);
  if (endpoint === undefined) throw new Error(`relation ${relation.id} does not involve ${application}`);
  return endpoint;
}

/** The other application of the relation; of a peer relation, the same one. */
export function remoteApplication(relation: RelationState, application: string): string {
  return relation.endpoints.find((each) => each.application !== application)?.application ?? application;
}

/** The remote units that a unit sees as members, sorted by name as in Juju. None when the relation or the unit is going away. */
export function visibleMembers(relation: RelationState, unit: UnitState): readonly string[] {
  if (relation.life === 'dying' || unit.life === 'dying') return [];
  const remote = remoteApplication(relation, unit.application);
  const isVisible = (name: string) => applicationOfUnit(name) === remote && relation.units[name]?.scope === 'joined';
  return Object.keys(relation.units)
    .filter((name) => name !== unit.name && isVisible(name) && shareRelation(relation, unit.name, name))
    .toSorted();
}

/** Whether two members of a relation see each other: all of them do, but for those of other pairs in a container-scoped one. */
export function shareRelation({ units }: RelationState, one: string, other: string): boolean {
  return units[one]?.container === units[other]?.container;
}

export function applicationOfUnit(unit: string): string {
  return unit.slice(0, unit.lastIndexOf('/'));
}

export const UNSEEN: SeenRelation = { created: false, members: {}, applications: {}, changedPending: null };

/** A unit becomes a member, with the settings that Juju gives it; the others see it from now on. */
export function enterScope(state: ModelState, relation: RelationState, unit: UnitState): ModelState {
  const container = isContainerScoped(relation) && { container: unit.principal ?? unit.name };
  const bag: MemberBag = { settings: addressSettings(unit.address), version: 0, scope: 'joined', ...container };
  const entered = patch(state, 'relations', String(relation.id), { units: { ...relation.units, [unit.name]: bag } });
  return patch(entered, 'units', unit.name, { relations: { ...unit.relations, [relation.id]: UNSEEN } });
}

function addressSettings(address: string): Settings {
  return { 'egress-subnets': `${address}/32`, 'ingress-address': address, 'private-address': address };
}

/** `leaving`: the others no longer see the unit. `left`: its own relation-broken has run too. */
export function leaveScope(state: ModelState, id: number, unit: string, scope: 'leaving' | 'left'): ModelState {
  const relation = state.relations[id];
  const bag = relation?.units[unit];
  if (relation === undefined || bag === undefined) return state;
  const left = patch(state, 'relations', String(id), { units: { ...relation.units, [unit]: { ...bag, scope } } });
  if (scope === 'leaving') return left;
  const { [id]: _, ...others } = state.units[unit]?.relations ?? {};
  return patch(left, 'units', unit, { relations: others });
}

/** Removes what nothing refers to any more: a relation that is going away and that all units have left. */
export function dropAbandonedRelations(state: ModelState): ModelState {
  let next = state;
  for (const relation of Object.values(state.relations)) {
    const inScope = Object.values(relation.units).some(({ scope }) => scope !== 'left');
    if (relation.life === 'dying' && !inScope) next = drop(next, 'relations', String(relation.id));
  }
  return next;
}

function refuseOverLimit(state: ModelState, { application, name, role }: Endpoint): void {
  const limit = state.applications[application]?.charm[role]?.[name]?.limit;
  if (limit === undefined || limit === 0) return;
  const used = relationsOf(state, application).filter((relation) =>
    relation.endpoints.some((endpoint) => endpoint.application === application && endpoint.name === name),
  );
  if (used.length >= limit) {
    throw new ModelCommandError(
      'relation-limit',
      `cannot integrate "${application}:${name}": the charm limits this endpoint to ${limit} relation${limit === 1 ? '' : 's'}`,
    );
  }
}
