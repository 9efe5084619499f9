// The events that secrets cause, in Juju's order. Follows juju/juju internal/worker/uniter/secrets/resolver.go and state/secrets.go.

import type { SecretEvent } from '../event.ts';
import { applicationOfUnit } from '../relation.ts';
import type { ModelState } from '../state.ts';
import { patch, put } from '../update.ts';
import { manages, mayRead } from './access.ts';
import { nextRotation, retryTime } from './rotation.ts';
import type { SecretRevision, SecretState } from './state.ts';

export function nextSecretEvent(state: ModelState, unit: string): SecretEvent | undefined {
  const secrets = Object.values(state.secrets).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const managed = secrets.filter((secret) => manages(state, unit, secret));
  return (
    firstOf(managed, expired) ??
    firstOf(managed, rotation) ??
    firstOf(secrets, (secret) => changed(secret, unit)) ??
    firstOf(managed, obsolete)
  );
}

function firstOf(
  secrets: readonly SecretState[],
  eventOf: (secret: SecretState) => SecretEvent | undefined,
): SecretEvent | undefined {
  for (const secret of secrets) {
    const found = eventOf(secret);
    if (found) return found;
  }
  return undefined;
}

function expired(secret: SecretState): SecretEvent | undefined {
  const due = revisionsOf(secret).find(([, { expireDue }]) => expireDue);
  return due && event('secret-expired', secret, secret.label, due[0]);
}

function rotation(secret: SecretState): SecretEvent | undefined {
  return secret.rotateDue ? event('secret-rotate', secret, secret.label, 0) : undefined;
}

// Also of what a unit has just read itself, unless it was the first revision: so Juju does.
function changed(secret: SecretState, unit: string): SecretEvent | undefined {
  const consumer = secret.consumers[unit];
  const { latest, owner } = secret;
  if (consumer === undefined || latest < 2 || consumer.told === latest || !mayRead(unit, secret)) return undefined;
  const isOwn = owner.name === unit || owner.name === applicationOfUnit(unit);
  return event('secret-changed', secret, consumer.label || (isOwn ? secret.label : ''), latest);
}

// A revision that nobody reads any more.
function obsolete(secret: SecretState): SecretEvent | undefined {
  const tracked = new Set(Object.values(secret.consumers).map((consumer) => consumer.tracked));
  const found = revisionsOf(secret).find(
    ([number]) => number !== secret.latest && !tracked.has(number) && !secret.announced.includes(number),
  );
  return found && event('secret-remove', secret, secret.label, found[0]);
}

function revisionsOf({ revisions }: SecretState): readonly (readonly [number, SecretRevision])[] {
  return Object.entries(revisions).map(([number, revision]) => [Number(number), revision] as const);
}

function event(kind: SecretEvent['kind'], { id }: SecretState, label: string, revision: number): SecretEvent {
  return { kind, secret: id, label, revision };
}

/** The event's hook has succeeded. @param latestBefore the latest revision when it began. */
export function rememberSecretEvent(
  state: ModelState,
  unit: string,
  { kind, secret: id, revision }: SecretEvent,
  latestBefore: number,
  at: string,
): ModelState {
  const secret = state.secrets[id];
  if (secret === undefined) return state;
  switch (kind) {
    case 'secret-changed': {
      const consumer = secret.consumers[unit];
      const told = consumer && { ...secret.consumers, [unit]: { ...consumer, told: revision } };
      return told ? patch(state, 'secrets', id, { consumers: told }) : state;
    }
    case 'secret-remove':
      return patch(state, 'secrets', id, { announced: [...secret.announced, revision] });
    case 'secret-rotate': {
      const isRotated = secret.latest !== latestBefore;
      const rotates = nextRotation(secret.rotate, at) && (isRotated ? nextRotation(secret.rotate, at) : retryTime(at));
      return patch(state, 'secrets', id, { rotateDue: false, rotates });
    }
    case 'secret-expired': {
      const expiredRevision = secret.revisions[revision];
      if (expiredRevision === undefined) return state;
      const again = { ...expiredRevision, expireDue: false, expires: retryTime(at) };
      return patch(state, 'secrets', id, { revisions: { ...secret.revisions, [revision]: again } });
    }
  }
}

/** Time has passed: what was to rotate or expire until now is due. */
export function dueSecrets(state: ModelState, now: string): ModelState {
  let next = state;
  for (const secret of Object.values(state.secrets)) {
    const rotateDue = secret.rotateDue || isPast(secret.rotates, now);
    const revisions = Object.entries(secret.revisions).map(([number, revision]) => {
      const isNews = !revision.expireDue && isPast(revision.expires, now);
      return [number, isNews ? { ...revision, expireDue: true } : revision] as const;
    });
    const isSame =
      rotateDue === secret.rotateDue && revisions.every(([number, each]) => each === secret.revisions[Number(number)]);
    if (!isSame)
      next = put(next, 'secrets', secret.id, { ...secret, rotateDue, revisions: Object.fromEntries(revisions) });
  }
  return next;
}

/** When {@link dueSecrets} has something to do next; `undefined` for never. */
export function nextSecretTime(state: ModelState): string | undefined {
  const times = Object.values(state.secrets).flatMap(({ rotates, rotateDue, revisions }) => {
    const expiries = Object.values(revisions).flatMap(({ expires, expireDue }) => (expireDue ? [] : [expires]));
    return rotateDue ? expiries : [rotates, ...expiries];
  });
  return times.filter((time) => time !== null).toSorted()[0];
}

function isPast(time: string | null, now: string): boolean {
  return time !== null && Date.parse(time) <= Date.parse(now);
}
