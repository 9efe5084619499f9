// What the end of a hook does to the model. Until a hook succeeds, the model knows nothing of what it changed, but for statuses, versions
// and logs (see effect.ts). Follows juju/juju internal/worker/uniter/operation/runhook.go and runner/context/context.go, Flush.

import type { PortRange, Settings } from '../juju/hook-context.ts';
import { dropUnit } from './application.ts';
import { hookName, isRelationEvent, type UnitEvent } from './event.ts';
import { leaveScope, localEndpoint, remoteApplication, UNSEEN } from './relation.ts';
import { settle } from './settle.ts';
import { statusInfo } from './status-info.ts';
import type { Bag, HookProgress, ModelState, RelationState, SeenRelation, UnitState } from './state.ts';
import { patch, unitOf } from './update.ts';

/** What a hook asked for and Juju holds back until the hook succeeds. */
export interface HookChanges {
  /** Settings to change, by relation id; an empty value deletes its key. */
  readonly unitSettings: Readonly<Record<string, Settings>>;
  readonly applicationSettings: Readonly<Record<string, Settings>>;
  /** All of the unit's ports after the hook; `undefined` leaves them. */
  readonly openedPorts: readonly PortRange[] | undefined;
  /** All of the charm's state after the hook; `undefined` leaves it. */
  readonly charmState: Settings | undefined;
}

export const NO_CHANGES: HookChanges = {
  unitSettings: {},
  applicationSettings: {},
  openedPorts: undefined,
  charmState: undefined,
};

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
  const about = isRelationEvent(event) && event.remoteUnit !== undefined ? ` for ${event.remoteUnit}` : '';
  return `${hookName(event)} hook${about}`;
}

function statusBefore(unit: UnitState, event: UnitEvent, at: string): UnitState['workloadStatus'] | undefined {
  if (event.kind === 'install')
    return unit.statusSet ? undefined : statusInfo('maintenance', 'installing charm software', at);
  if (event.kind === 'stop') return statusInfo('maintenance', 'stopping charm software', at);
  return event.kind === 'remove' ? statusInfo('maintenance', 'cleaning up prior to charm deletion', at) : undefined;
}

/** The hook has succeeded: its changes become visible, and the unit goes on. */
export function commitHook(state: ModelState, hook: BegunHook, changes: HookChanges, at: string): ModelState {
  const changed = applyChanges(state, hook.unit, changes);
  if (hook.event.kind === 'remove') return settle(dropUnit(changed, hook.unit));
  const idle = patch(changed, 'units', hook.unit, { hook: null, agentStatus: statusInfo('idle', '', at) });
  return settle(remember(idle, hook, at));
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

export function applyChanges(state: ModelState, name: string, changes: HookChanges): ModelState {
  const unit = unitOf(state, name);
  let next = patch(state, 'units', name, {
    openedPorts: changes.openedPorts ?? unit.openedPorts,
    charmState: changes.charmState ?? unit.charmState,
  });
  for (const [id, settings] of Object.entries(changes.unitSettings))
    next = applySettings(next, id, 'units', name, settings);
  for (const [id, settings] of Object.entries(changes.applicationSettings)) {
    next = applySettings(next, id, 'applications', unit.application, settings);
  }
  return next;
}

function applySettings(
  state: ModelState,
  id: string,
  side: 'units' | 'applications',
  owner: string,
  change: Settings,
): ModelState {
  const relation = state.relations[id];
  const bags: Readonly<Record<string, Bag>> = relation?.[side] ?? {};
  const bag = bags[owner];
  if (relation === undefined || bag === undefined) return state;
  const settings = mergeSettings(bag.settings, change);
  if (JSON.stringify(settings) === JSON.stringify(bag.settings)) return state;
  const changed: Partial<RelationState> = {
    [side]: { ...bags, [owner]: { ...bag, settings, version: bag.version + 1 } },
  };
  return patch(state, 'relations', id, changed);
}

/** Settings with a change applied, sorted by key. */
export function mergeSettings(settings: Settings, change: Settings): Settings {
  const merged = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged.toSorted(([a], [b]) => (a < b ? -1 : 1)));
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
    case 'config-changed':
      return update({
        seenConfig: application?.configVersion ?? 0,
        ...(unit.started ? {} : { hook: queued('start') }),
      });
    case 'start': {
      const unknown = unit.statusSet ? {} : { workloadStatus: statusInfo('unknown', '', at) };
      return update({ started: true, stopped: false, ...unknown });
    }
    case 'upgrade-charm':
      return update({ seenCharm: application?.charmRevision ?? 0, hook: queued('config-changed') });
    case 'update-status':
      return update({ updateStatusDue: false });
    case 'stop':
      return update({ stopped: true, workloadStatus: statusInfo('maintenance', '', at) });
    case 'pebble-ready':
      return update({ readyContainers: unit.readyContainers.filter((container) => container !== event.container) });
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
    case 'action':
    case 'remove':
      return state;
  }
}

function queued(kind: 'start' | 'config-changed'): HookProgress {
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
