// What a hook wants done to secrets, and what that does to them when the hook has succeeded.
// Follows juju/juju apiserver/facades/agent/secretsmanager/secrets.go and state/secrets.go.

import type { RotatePolicy, SecretChange, SecretContent } from '../../juju/context/secret.ts';
import type { ModelState } from '../state.ts';
import { drop, patch, put } from '../update.ts';
import { manages } from './access.ts';
import { nextRotation } from './rotation.ts';
import type { SecretGrant, SecretOwner, SecretRevision, SecretState } from './state.ts';

/** A change whose expiry is a time. */
export type TimedChange = SecretChange & { readonly expire?: string };

/** By secret id. */
export interface SecretChanges {
  readonly creates: Readonly<Record<string, { readonly owner: SecretOwner; readonly change: TimedChange }>>;
  readonly updates: Readonly<Record<string, TimedChange>>;
  /** Secrets whose latest revision the unit tracks from now on. */
  readonly tracked: readonly string[];
  readonly grants: Readonly<Record<string, readonly SecretGrant[]>>;
  readonly revokes: Readonly<Record<string, readonly Omit<SecretGrant, 'relation'>[]>>;
  /** Revisions, or all. */
  readonly removes: Readonly<Record<string, readonly number[] | 'all'>>;
}

export const NO_SECRET_CHANGES: SecretChanges = {
  creates: {},
  updates: {},
  tracked: [],
  grants: {},
  revokes: {},
  removes: {},
};

/** Why Juju would not take the changes, in its words; `undefined` when it would. */
export function refusedSecretChange(state: ModelState, unit: string, changes: SecretChanges): string | undefined {
  const labels = new Set<string>();
  for (const { owner, change } of Object.values(changes.creates)) {
    const taken = labelTaken(state, owner, change.label, labels);
    if (taken) return `creating secrets: ${taken}`;
  }
  for (const [id, change] of Object.entries(changes.updates)) {
    const secret = state.secrets[id];
    const reason = refusal(state, unit, id) ?? (secret && renamed(state, secret, change.label, labels));
    if (reason) return `updating secrets: ${reason}`;
  }
  const isToOfferer = Object.values(changes.grants)
    .flat()
    .some(({ application }) => state.remotes[application]?.side === 'offering');
  if (isToOfferer) return 'sharing consumer secrets across a cross model relation not supported';
  const others = [...Object.keys(changes.grants), ...Object.keys(changes.revokes), ...Object.keys(changes.removes)];
  return others
    .filter((id) => !(id in changes.creates))
    .map((id) => refusal(state, unit, id))
    .find(Boolean);
}

function refusal(state: ModelState, unit: string, id: string): string | undefined {
  const secret = state.secrets[id];
  if (secret === undefined) return `secret "${id}" not found`;
  return manages(state, unit, secret) ? undefined : 'permission denied';
}

function renamed(
  state: ModelState,
  secret: SecretState,
  label: string | undefined,
  others: Set<string>,
): string | undefined {
  return label === secret.label ? undefined : labelTaken(state, secret.owner, label, others);
}

// An owner has each label once.
function labelTaken(
  state: ModelState,
  owner: SecretOwner,
  label: string | undefined,
  others: Set<string>,
): string | undefined {
  if (!label) return undefined;
  const key = `${owner.name} ${label}`;
  const isTaken =
    others.has(key) ||
    Object.values(state.secrets).some((each) => each.label === label && each.owner.name === owner.name);
  others.add(key);
  return isTaken ? `secret with label "${label}" already exists` : undefined;
}

export function applySecretChanges(state: ModelState, unit: string, changes: SecretChanges, at: string): ModelState {
  let next = state;
  for (const [id, { owner, change }] of Object.entries(changes.creates)) {
    next = put(next, 'secrets', id, created(id, owner, change, at));
  }
  for (const [id, change] of Object.entries(changes.updates))
    next = withSecret(next, id, (secret) => updated(secret, change, at));
  for (const id of changes.tracked) next = withSecret(next, id, (secret) => tracking(secret, unit, secret.latest));
  for (const [id, grants] of Object.entries(changes.grants)) {
    next = withSecret(next, id, (secret) => ({ ...secret, grants: [...secret.grants, ...grants] }));
  }
  for (const [id, revokes] of Object.entries(changes.revokes)) {
    next = withSecret(next, id, (secret) => ({ ...secret, grants: withoutRevoked(secret.grants, revokes) }));
  }
  for (const [id, revisions] of Object.entries(changes.removes)) next = removed(next, id, revisions);
  return next;
}

function withSecret(state: ModelState, id: string, change: (secret: SecretState) => SecretState): ModelState {
  const secret = state.secrets[id];
  return secret === undefined ? state : put(state, 'secrets', id, change(secret));
}

function created(id: string, owner: SecretOwner, change: TimedChange, at: string): SecretState {
  const rotate: RotatePolicy = change.rotate ?? 'never';
  return {
    id,
    owner,
    label: change.label ?? '',
    description: change.description ?? '',
    rotate,
    rotates: nextRotation(rotate, at),
    rotateDue: false,
    latest: 1,
    revisions: { 1: revision(change.content ?? {}, change.expire) },
    grants: [],
    consumers: {},
    announced: [],
  };
}

function revision(content: SecretContent, expires: string | undefined): SecretRevision {
  return { content, expires: expires ?? null, expireDue: false };
}

function updated(secret: SecretState, change: TimedChange, at: string): SecretState {
  const { label = secret.label, description = secret.description, rotate = secret.rotate } = change;
  const isNew = change.content !== undefined && !isLatest(secret, change.content);
  const latest = isNew ? secret.latest + 1 : secret.latest;
  const current = secret.revisions[latest];
  const revised = isNew
    ? revision(change.content ?? {}, change.expire)
    : current && { ...current, ...(change.expire !== undefined && { expires: change.expire, expireDue: false }) };
  return {
    ...secret,
    label,
    description,
    rotate,
    latest,
    revisions: { ...secret.revisions, ...(revised && { [latest]: revised }) },
    ...(rotate !== secret.rotate && rescheduled(secret, rotate, at)),
  };
}

function rescheduled(secret: SecretState, rotate: RotatePolicy | '', at: string): Partial<SecretState> {
  const willRotate = nextRotation(rotate, at);
  return willRotate === null ? { rotates: null, rotateDue: false } : { rotates: secret.rotates ?? willRotate };
}

/** Whether content is what the latest revision holds; then Juju makes no new one of it. */
function isLatest({ revisions, latest }: SecretState, content: SecretContent): boolean {
  const current = Object.entries(revisions[latest]?.content ?? {});
  return current.length === Object.keys(content).length && current.every(([key, value]) => content[key] === value);
}

/** A unit reads a revision from now on. */
export function tracking(secret: SecretState, unit: string, tracked: number, label?: string): SecretState {
  const known = secret.consumers[unit] ?? { label: '', tracked: 0, told: 0 };
  const consumer = { ...known, tracked, label: label ?? known.label };
  return { ...secret, consumers: { ...secret.consumers, [unit]: consumer } };
}

function withoutRevoked(
  grants: readonly SecretGrant[],
  revokes: readonly Omit<SecretGrant, 'relation'>[],
): readonly SecretGrant[] {
  const isRevoked = ({ application, unit }: SecretGrant) =>
    revokes.some((revoke) => revoke.unit === unit && (unit !== null || revoke.application === application));
  return grants.filter((grant) => !isRevoked(grant));
}

function removed(state: ModelState, id: string, numbers: readonly number[] | 'all'): ModelState {
  const secret = state.secrets[id];
  if (secret === undefined) return state;
  const left = Object.entries(secret.revisions).filter(([key]) => numbers !== 'all' && !numbers.includes(Number(key)));
  if (left.length === 0) return drop(state, 'secrets', id);
  return patch(state, 'secrets', id, { revisions: Object.fromEntries(left) });
}
