// What models with relations between them tell each other: that a relation is there or goes, who is in it and with which settings, and
// the secrets that were granted over it. Follows juju/juju internal/worker/remoterelations and apiserver/facades/controller/crossmodelrelations.

import { createHash } from 'node:crypto';
import { addRemote } from './cross-model.ts';
import { addRelation, applicationOfUnit, relationsOf } from './relation.ts';
import { exchangeSecrets, withoutRemoved } from './secret/exchange.ts';
import type { Endpoint, MemberBag, ModelState, RelationState, RemoteApplication } from './state.ts';
import { drop, patch } from './update.ts';

/** The models after all of them have told each other what is new. Returns the same states when nothing is. */
export function exchange(models: readonly ModelState[]): readonly ModelState[] {
  let next = models;
  for (const [consumer, { remotes }] of models.entries()) {
    for (const remote of Object.values(remotes)) {
      const offerer = models.findIndex(({ model }) => model.uuid === remote.modelUuid);
      if (remote.side === 'offering' && offerer !== -1) next = exchangeBetween(next, consumer, offerer, remote);
    }
  }
  return next.map((state) => (Object.keys(state.remotes).length === 0 ? state : withoutUnrelated(state)));
}

type Both = readonly [consumer: ModelState, offerer: ModelState];

function exchangeBetween(
  models: readonly ModelState[],
  consumerIndex: number,
  offererIndex: number,
  remote: RemoteApplication,
): readonly ModelState[] {
  let [consumer, offerer] = [models[consumerIndex], models[offererIndex]];
  if (consumer === undefined || offerer === undefined) return models;
  for (const { token = '' } of relationsOf(consumer, remote.name)) {
    [consumer, offerer] = exchangeRelation(connected([consumer, offerer], token, remote), token);
  }
  const next = withoutRemoved(consumer, offerer, remote.name);
  return models.with(consumerIndex, next).with(offererIndex, withoutGone(offerer, next));
}

// The offering model has a relation from when the consuming one asks for it; it does not learn what the consuming application is called.
function connected([consumer, offerer]: Both, token: string, remote: RemoteApplication): Both {
  const relation = byToken(consumer, token);
  const isOffered = offerer.applications[remote.application]?.life === 'alive';
  const [offered, consuming] = ends(consumer, relation);
  if (relation?.life !== 'alive' || relation.isConnected || !isOffered || !offered || !consuming)
    return [consumer, offerer];
  const { uuid: modelUuid } = consumer.model;
  const name = proxyName(modelUuid, consuming.application);
  const known = offerer.remotes[name]?.endpoints ?? [];
  const endpoints = [...known.filter((each) => each.name !== consuming.name), consuming];
  const proxy = {
    name,
    side: 'consuming',
    life: 'alive',
    modelUuid,
    application: consuming.application,
    endpoints,
  } as const;
  const local = { ...offered, application: remote.application };
  const pair = [local, { ...consuming, application: name }].toSorted((a) => (a.role === 'provides' ? -1 : 1));
  return [
    patch(consumer, 'relations', String(relation.id), { isConnected: true }),
    addRelation(addRemote(offerer, proxy), pair, token),
  ];
}

/** `remote-` and 32 hexadecimal digits, the same ones each time. */
function proxyName(modelUuid: string, application: string): string {
  return `remote-${createHash('sha256').update(`${modelUuid}/${application}`).digest('hex').slice(0, 32)}`;
}

function exchangeRelation([consumer, offerer]: Both, token: string): Both {
  const [here, there] = [byToken(consumer, token), byToken(offerer, token)];
  if (here === undefined) return [consumer, offerer];
  if (there === undefined) return [abandoned(consumer, here), offerer];
  const isEnding = here.life === 'dying' || there.life === 'dying';
  const next: Both = isEnding ? [ending(consumer, here), ending(offerer, there)] : [consumer, offerer];
  const toldBoth: Both = [told(next[0], here, next[1], there), told(next[1], there, next[0], here)];
  return exchangeSecrets(toldBoth, { here, there });
}

function byToken({ relations }: ModelState, token: string): RelationState | undefined {
  return Object.values(relations).find((relation) => relation.token === token);
}

/** The end of the other model, and that of this one. */
function ends({ remotes }: ModelState, relation: RelationState | undefined): readonly (Endpoint | undefined)[] {
  const remote = relation?.endpoints.find(({ application }) => application in remotes);
  return [remote, relation?.endpoints.find((each) => each !== remote)];
}

function ending(state: ModelState, { id, life }: RelationState): ModelState {
  return life === 'dying' ? state : patch(state, 'relations', String(id), { life: 'dying' });
}

// The other side has it no more: nobody of there is in it, and it ends here.
function abandoned(state: ModelState, relation: RelationState): ModelState {
  const isOfOther = (unit: string) => applicationOfUnit(unit) in state.remotes;
  const staying = Object.entries(relation.units).filter(([unit, { scope }]) => isOfOther(unit) && scope !== 'left');
  if (staying.length === 0) return ending(state, relation);
  const left = staying.map(([unit, bag]): readonly [string, MemberBag] => [unit, { ...bag, scope: 'left' }]);
  const units = { ...relation.units, ...Object.fromEntries(left) };
  return patch(state, 'relations', String(relation.id), { units, life: 'dying' });
}

// Members and settings of the other side, under the name that it has here.
function told(state: ModelState, { id }: RelationState, from: ModelState, other: RelationState): ModelState {
  const relation = state.relations[id];
  const [remote] = ends(state, relation);
  const [, own] = ends(from, other);
  if (relation === undefined || remote === undefined || own === undefined) return state;
  let { units, applications } = relation;
  for (const [unit, bag] of Object.entries(other.units)) {
    if (applicationOfUnit(unit) !== own.application) continue;
    const name = `${remote.application}/${unit.slice(unit.lastIndexOf('/') + 1)}`;
    const scope = bag.scope === 'joined' ? 'joined' : 'left';
    const known = units[name];
    const isNews = known === undefined ? scope === 'joined' : known.version !== bag.version || known.scope !== scope;
    if (isNews) units = { ...units, [name]: { ...bag, scope } };
  }
  const bag = other.applications[own.application];
  const isNews = bag !== undefined && applications[remote.application]?.version !== bag.version;
  if (isNews) applications = { ...applications, [remote.application]: bag };
  const isSame = units === relation.units && applications === relation.applications;
  return isSame ? state : patch(state, 'relations', String(id), { units, applications });
}

// What the consumer has no more ends in the offering model too.
function withoutGone(offerer: ModelState, consumer: ModelState): ModelState {
  const proxies = Object.values(offerer.remotes).filter(
    ({ side, modelUuid }) => side === 'consuming' && modelUuid === consumer.model.uuid,
  );
  const relations = proxies.flatMap(({ name }) => relationsOf(offerer, name));
  return relations
    .filter(({ token = '' }) => byToken(consumer, token) === undefined)
    .reduce((next, relation) => abandoned(next, relation), offerer);
}

// Consuming applications are there as long as they are related, offers until they are removed.
function withoutUnrelated(state: ModelState): ModelState {
  const ended = Object.values(state.remotes).filter(
    ({ name, side, life }) => (side === 'consuming' || life === 'dying') && relationsOf(state, name).length === 0,
  );
  return ended.reduce((next, { name }) => drop(next, 'remotes', name), state);
}
