// What the beginning and the end of a hook do to the model. Follows juju/juju internal/worker/uniter/operation/runhook.go.

import { applyChanges, refusedChange, type HookChanges } from './changes.ts';
import { hookName, isRelationEvent, isSecretEvent, type UnitEvent, type WorkloadEvent } from './event.ts';
import { leaveScope, localEndpoint, remoteApplication, UNSEEN } from './relation.ts';
import { rememberSecretEvent } from './secret/events.ts';
import { settle } from './settle.ts';
import { statusInfo } from './status-info.ts';
import type { HookProgress, ModelState, RelationState, SeenRelation, UnitState } from './state.ts';
import { rememberStorageEvent } from './storage.ts';
import { patch, unitOf } from './update.ts';

/** A hook that has begun: what it runs for, and the model as it sees it. */
export interface BegunHook {
  readonly unit: string;
  readonly event: UnitEvent;
  /** The model when it began. What has changed since is news for a later hook. */
  readonly base: ModelState;
}

/** The unit is busy with this hook from now on. For an action, use `beginAction`. */
export function beginHook(state: ModelState, name: string, event: UnitEvent, at: string): ModelState {
  const unit = unitOf(state, name);
  const failures = unit.hook?.step === 'failed' ? unit.hook.failures : 0;
  // As in Juju, update-status goes unreported, to spare the status log.
  const agentStatus =
    event.kind === 'update-status' ? unit.agentStatus : statusInfo('executing', `running ${runningName(event)}`, at);
  const workloadStatus = statusBefore(unit, event, at) ?? unit.workloadStatus;
  return patch(state, 'units', name, { hook: { event, step: 'running', failures }, agentStatus, workloadStatus });
}

function runningName(event: UnitEvent): string {
  return `${hookName(event)} hook${about(event)}`;
}

function about(event: UnitEvent): string {
  if (isRelationEvent(event)) return event.remoteUnit === undefined ? '' : ` for ${event.remoteUnit}`;
  if (!isSecretEvent(event)) return '';
  const isOfRevision = event.kind === 'secret-remove' || event.kind === 'secret-expired';
  return ` for secret:${event.secret}${isOfRevision ? `/${event.revision}` : ''}`;
}

function statusBefore(unit: UnitState, event: UnitEvent, at: string): UnitState['workloadStatus'] | undefined {
  if (event.kind === 'install')
    return unit.statusSet ? undefined : statusInfo('maintenance', 'installing charm software', at);
  if (event.kind === 'stop') return statusInfo('maintenance', 'stopping charm software', at);
  return event.kind === 'remove' ? statusInfo('maintenance', 'cleaning up prior to charm deletion', at) : undefined;
}

/** The charm has succeeded: its changes become visible, and the unit goes on. If the changes are refused, the hook has failed after all. */
export function commitHook(state: ModelState, hook: BegunHook, changes: HookChanges, at: string): ModelState {
  if (refusedChange(state, hook.unit, changes) !== undefined) return failHook(state, hook.unit, at);
  const changed = applyChanges(state, hook.unit, changes, at);
  const idle = patch(changed, 'units', hook.unit, { hook: null, agentStatus: statusInfo('idle', '', at) });
  const remembered = remember(idle, hook, at);
  return settle(changes.reboot ? rebootUnit(remembered, hook.unit) : remembered);
}

/** The unit's machine was rebooted. Charms that have started are told by start. */
export function rebootUnit(state: ModelState, name: string): ModelState {
  return unitOf(state, name).machine === null ? state : patch(state, 'units', name, { rebooted: true });
}

/** The hook has failed: nothing of what it held back happens, and the unit is in error until a retry succeeds. */
export function failHook(state: ModelState, name: string, at: string): ModelState {
  const unit = unitOf(state, name);
  if (unit.hook === null) return state;
  const hook: HookProgress = { ...unit.hook, step: 'failed', failures: unit.hook.failures + 1 };
  return patch(state, 'units', name, { hook, agentStatus: statusInfo('idle', '', at) });
}

/** The hook was cut short by the agent's own end: it runs again, without the unit being in error. */
export function requeueHook(state: ModelState, name: string, at: string): ModelState {
  const unit = unitOf(state, name);
  if (unit.hook?.step !== 'running') return state;
  return patch(state, 'units', name, {
    hook: { ...unit.hook, step: 'queued' },
    agentStatus: statusInfo('idle', '', at),
  });
}

/** The text that Juju shows for a unit in error: `hook failed: "db-relation-changed" for kv:db`. */
export function failureMessage(state: ModelState, unit: UnitState): string | undefined {
  if (unit.hook?.step !== 'failed') return undefined;
  const { event } = unit.hook;
  const relation = isRelationEvent(event) ? state.relations[event.relationId] : undefined;
  if (relation === undefined) return `hook failed: "${hookName(event)}"`;
  const remote = localEndpoint(relation, remoteApplication(relation, unit.application));
  return `hook failed: "${hookName(event)}" for ${remote.application}:${remote.name}`;
}

// What the unit has now seen, as of the time its hook began.
function remember(state: ModelState, { unit: name, event, base }: BegunHook, at: string): ModelState {
  const unit = unitOf(state, name);
  const application = base.applications[unit.application];
  const update = (change: Partial<UnitState>) => patch(state, 'units', name, change);
  switch (event.kind) {
    case 'install':
      return update({ installed: true, seenCharm: application?.charmRevision ?? 0 });
    case 'leader-elected':
      return update({ acceptedLeadership: true });
    case 'leader-settings-changed':
      return update({ seenLeaderSettings: application?.leaderSettings?.version ?? 0 });
    case 'config-changed':
      return update({
        seenConfig: application?.configVersion ?? 0,
        ...(unit.started ? {} : { hook: queued('start') }),
      });
    case 'start': {
      const unknown = unit.statusSet ? {} : { workloadStatus: statusInfo('unknown', '', at) };
      return update({ started: true, stopped: false, rebooted: false, ...unknown });
    }
    case 'upgrade-charm':
      return update({ seenCharm: application?.charmRevision ?? 0, hook: queued('config-changed') });
    case 'update-status':
      return update({ updateStatusDue: false });
    case 'stop':
      return update({ stopped: true, workloadStatus: statusInfo('maintenance', '', at) });
    case 'pebble-ready':
      return update({ readyContainers: unit.readyContainers.filter((container) => container !== event.container) });
    case 'pebble-custom-notice':
    case 'pebble-check-failed':
    case 'pebble-check-recovered':
      return update({ workloadEvents: withoutFirst(unit.workloadEvents ?? [], event) });
    case 'relation-broken':
      return leaveScope(state, event.relationId, name, 'left');
    case 'relation-created':
    case 'relation-joined':
    case 'relation-changed':
    case 'relation-departed': {
      const seen = unit.relations[event.relationId] ?? UNSEEN;
      const relation = base.relations[event.relationId];
      return relation === undefined
        ? state
        : update({ relations: { ...unit.relations, [event.relationId]: sawRelation(seen, event, relation) } });
    }
    case 'secret-changed':
    case 'secret-remove':
    case 'secret-rotate':
    case 'secret-expired':
      return rememberSecretEvent(state, name, event, base.secrets[event.secret]?.latest ?? 0, at);
    case 'storage-attached':
    case 'storage-detaching': {
      // Before the first hook, that one is still due.
      const next = unit.installed || unit.life === 'dying' ? state : update({ hook: queued('install') });
      return rememberStorageEvent(next, event);
    }
    case 'remove':
      return update({ removed: true });
    case 'action':
      return state;
  }
}

// What one container tells is heard in order.
function withoutFirst(events: readonly WorkloadEvent[], { container }: WorkloadEvent): readonly WorkloadEvent[] {
  const first = events.find((each) => each.container === container);
  return events.filter((each) => each !== first);
}

function queued(kind: 'install' | 'start' | 'config-changed'): HookProgress {
  return { event: { kind }, step: 'queued', failures: 0 };
}

type SeenEvent = Extract<UnitEvent, { relationId: number }>;

function sawRelation(seen: SeenRelation, event: SeenEvent, relation: RelationState): SeenRelation {
  if (event.kind === 'relation-created') return { ...seen, created: true };
  if (event.remoteUnit === undefined) {
    const version = relation.applications[event.remoteApp]?.version ?? 0;
    return { ...seen, applications: { ...seen.applications, [event.remoteApp]: version } };
  }
  const { [event.remoteUnit]: _, ...others } = seen.members;
  if (event.kind === 'relation-departed') return { ...seen, members: others };
  const members = { ...others, [event.remoteUnit]: relation.units[event.remoteUnit]?.version ?? 0 };
  return { ...seen, members, changedPending: event.kind === 'relation-joined' ? event.remoteUnit : null };
}
