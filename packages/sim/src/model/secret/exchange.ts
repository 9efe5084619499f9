// Secrets that are granted over a relation between two models: the consuming model has a copy to read, the offering one knows who reads
// which revision. Follows juju/juju apiserver/facades/controller/crossmodelsecrets.

import { isDeepStrictEqual } from 'node:util';
import { applicationOfUnit } from '../relation.ts';
import type { ModelState, RelationState } from '../state.ts';
import { drop, put } from '../update.ts';
import type { SecretConsumer, SecretGrant, SecretState } from './state.ts';

type Both = readonly [consumer: ModelState, offerer: ModelState];

/** The same relation on both sides. */
interface Pair {
  readonly here: RelationState;
  readonly there: RelationState;
}

export function exchangeSecrets([consumer, offerer]: Both, pair: Pair): Both {
  const offering = remoteIn(consumer, pair.here);
  const proxy = remoteIn(offerer, pair.there);
  const consuming = pair.here.endpoints.find(({ application }) => application !== offering)?.application;
  if (offering === undefined || proxy === undefined || consuming === undefined) return [consumer, offerer];
  let [here, there] = [consumer, offerer];
  for (const secret of Object.values(offerer.secrets)) {
    const known = consumer.secrets[secret.id];
    const grants = secret.grants.filter(({ relation }) => relation === pair.there.id);
    if (grants.length === 0 && known === undefined) continue;
    const granted = grants.map((grant) => translated(grant, pair.here.id, consuming));
    const others = known?.grants.filter(({ relation }) => relation !== pair.here.id) ?? [];
    const all = [...others, ...granted].toSorted((a, b) => a.relation - b.relation);
    const copy = copied(secret, offering, all, known?.consumers ?? {});
    if (!isDeepStrictEqual(copy, known)) here = put(here, 'secrets', secret.id, copy);
    const readers = { ...without(secret.consumers, proxy), ...readersOf(copy, consuming, proxy, secret.latest) };
    if (!isDeepStrictEqual(readers, secret.consumers))
      there = put(there, 'secrets', secret.id, { ...secret, consumers: readers });
  }
  return [here, there];
}

/** What the offering application has removed is gone, related or not. */
export function withoutRemoved(consumer: ModelState, offerer: ModelState, offering: string): ModelState {
  const removed = Object.values(consumer.secrets).filter(
    ({ id, owner }) => owner.name === offering && !(id in offerer.secrets),
  );
  return removed.reduce((next, { id }) => drop(next, 'secrets', id), consumer);
}

function remoteIn({ remotes }: ModelState, { endpoints }: RelationState): string | undefined {
  return endpoints.find(({ application }) => application in remotes)?.application;
}

function translated({ unit }: SecretGrant, relation: number, application: string): SecretGrant {
  return { relation, application, unit: unit === null ? null : renamed(unit, application) };
}

function renamed(unit: string, application: string): string {
  return `${application}${unit.slice(applicationOfUnit(unit).length)}`;
}

// Rotation and expiry are their owner's business.
function copied(
  secret: SecretState,
  owner: string,
  grants: readonly SecretGrant[],
  consumers: SecretState['consumers'],
): SecretState {
  const revisions = Object.entries(secret.revisions).map(([number, { content }]) => {
    return [number, { content, expires: null, expireDue: false }] as const;
  });
  return {
    ...secret,
    owner: { kind: 'application', name: owner },
    label: '',
    rotate: 'never',
    rotates: null,
    rotateDue: false,
    revisions: Object.fromEntries(revisions),
    grants,
    consumers,
    announced: [],
  };
}

type Consumers = Readonly<Record<string, SecretConsumer>>;

function readersOf({ consumers }: SecretState, application: string, proxy: string, told: number): Consumers {
  const readers = Object.entries(consumers).filter(([unit]) => applicationOfUnit(unit) === application);
  return Object.fromEntries(readers.map(([unit, { tracked }]) => [renamed(unit, proxy), { label: '', tracked, told }]));
}

function without(consumers: Consumers, application: string): Consumers {
  return Object.fromEntries(Object.entries(consumers).filter(([unit]) => applicationOfUnit(unit) !== application));
}
