// Which hook or action a unit runs next: Juju's order of events.
// Follows juju/juju internal/worker/uniter/resolver.go and the resolvers that it asks in turn.

import { isImplicit } from './endpoint.ts';
import type { UnitEvent, WorkloadEvent } from './event.ts';
import { applicationOfUnit, isPeer, localEndpoint, remoteApplication, UNSEEN, visibleMembers } from './relation.ts';
import { nextSecretEvent } from './secret/events.ts';
import type { ModelState, RelationState, SeenRelation, UnitState } from './state.ts';
import { nextStorageEvent } from './storage.ts';
import { unitOf } from './update.ts';

/** None while a hook runs, nor, but for actions, while a failed one waits for its retry ({@link failedEvent}). */
export function nextEvent(state: ModelState, name: string): UnitEvent | undefined {
  return nextEvents(state, name)[0];
}

/** All that Juju might run next: it does not say which of a unit's relations, or of its containers, comes first. */
export function nextEvents(state: ModelState, name: string): readonly UnitEvent[] {
  const unit = unitOf(state, name);
  if (unit.removed || runsSomething(state, name)) return [];
  if (unit.hook?.step === 'failed') return listed(nextAction(state, unit));
  if (unit.hook?.step === 'queued') return listed(nextQueued(state, unit, unit.hook.event));
  const stages: readonly (() => readonly UnitEvent[])[] = [
    () => listed(nextReboot(unit)),
    () => nextCreated(state, unit),
    () => listed(nextLeadership(state, unit)),
    () => unit.readyContainers.map((container) => ({ kind: 'pebble-ready', container })),
    () => firstOfEach(unit.workloadEvents ?? []),
    () => listed(unit.life === 'alive' && unit.installed ? nextSecretEvent(state, name) : undefined),
    () => listed(nextAction(state, unit)),
    () => listed(nextStorage(state, unit)),
    () => (unit.life === 'dying' ? nextTeardown(state, unit) : nextChange(state, unit)),
  ];
  for (const stage of stages) {
    const events = stage();
    if (events.length > 0) return events;
  }
  return [];
}

function listed(event: UnitEvent | undefined): readonly UnitEvent[] {
  return event === undefined ? [] : [event];
}

// What one container tells comes in order.
function firstOfEach(events: readonly WorkloadEvent[]): readonly UnitEvent[] {
  return events.filter((event, index) => events.findIndex(({ container }) => container === event.container) === index);
}

/** The hook that has failed and is to be run again. */
export function failedEvent(state: ModelState, name: string): UnitEvent | undefined {
  const unit = unitOf(state, name);
  return unit.hook?.step === 'failed' && !runsSomething(state, name) ? unit.hook.event : undefined;
}

/** Whether a hook or an action of the unit has begun and not ended. */
export function runsSomething(state: ModelState, unit: string): boolean {
  return (
    state.units[unit]?.hook?.step === 'running' ||
    Object.values(state.tasks).some((task) => task.unit === unit && task.status === 'running')
  );
}

// A machine's unit has its storage before its first hook; in a pod, storage comes after the start.
function nextQueued(state: ModelState, unit: UnitState, event: UnitEvent): UnitEvent | undefined {
  if (event.kind !== 'install' || unit.machine === null) return event;
  const storage = nextStorageEvent(state, unit);
  return storage === 'wait' ? undefined : (storage ?? event);
}

function nextStorage(state: ModelState, unit: UnitState): UnitEvent | undefined {
  const event = unit.started || unit.life === 'dying' ? nextStorageEvent(state, unit) : undefined;
  return event === 'wait' ? undefined : event;
}

function nextReboot({ rebooted, started, stopped }: UnitState): UnitEvent | undefined {
  return rebooted && started && !stopped ? { kind: 'start' } : undefined;
}

function nextCreated(state: ModelState, unit: UnitState): readonly UnitEvent[] {
  if (unit.life === 'dying') return [];
  return seenRelations(state, unit)
    .filter(({ relation, seen }) => relation.life === 'alive' && !seen.created && hasHooks(relation, unit))
    .map(({ relation }) => relationEvent('relation-created', relation, unit));
}

// juju/juju internal/worker/uniter/leadership/resolver.go.
function nextLeadership(state: ModelState, unit: UnitState): UnitEvent | undefined {
  const { leader, leaderSettings } = state.applications[unit.application] ?? {};
  if (unit.life !== 'alive') return undefined;
  if (leader === unit.name) return unit.acceptedLeadership ? undefined : { kind: 'leader-elected' };
  const isNews = unit.installed && (leaderSettings?.version ?? 0) !== (unit.seenLeaderSettings ?? 0);
  return isNews ? { kind: 'leader-settings-changed' } : undefined;
}

function nextAction(state: ModelState, unit: UnitState): UnitEvent | undefined {
  const pending = Object.values(state.tasks).filter((task) => task.unit === unit.name && task.status === 'pending');
  const [task] = pending.toSorted((a, b) => Number(a.id) - Number(b.id));
  return task === undefined ? undefined : { kind: 'action', task: task.id, action: task.action };
}

// All relations are broken before stop; remove is the unit's last hook.
function nextTeardown(state: ModelState, unit: UnitState): readonly UnitEvent[] {
  const events = nextOfRelations(state, unit);
  if (events.length > 0) return events;
  return [unit.started && !unit.stopped ? { kind: 'stop' } : { kind: 'remove' }];
}

function nextChange(state: ModelState, unit: UnitState): readonly UnitEvent[] {
  const application = state.applications[unit.application];
  if (application === undefined) return [];
  if (unit.seenCharm !== application.charmRevision) return [{ kind: 'upgrade-charm' }];
  if (unit.seenConfig !== application.configVersion) return [{ kind: 'config-changed' }];
  const events = nextOfRelations(state, unit);
  return events.length === 0 && unit.updateStatusDue ? [{ kind: 'update-status' }] : events;
}

function nextOfRelations(state: ModelState, unit: UnitState): readonly UnitEvent[] {
  return seenRelations(state, unit).flatMap(({ relation, seen }) =>
    hasHooks(relation, unit) ? listed(nextOfRelation(state, unit, relation, seen)) : [],
  );
}

function hasHooks(relation: RelationState, { application }: UnitState): boolean {
  return !isImplicit(localEndpoint(relation, application));
}

// juju/juju internal/worker/uniter/relation/resolver.go, nextHookForRelation.
function nextOfRelation(
  state: ModelState,
  unit: UnitState,
  relation: RelationState,
  seen: SeenRelation,
): UnitEvent | undefined {
  if (seen.changedPending !== null) return relationEvent('relation-changed', relation, unit, seen.changedPending);
  const visible = visibleMembers(relation, unit);
  const gone = Object.keys(seen.members)
    .toSorted()
    .find((member) => !visible.includes(member));
  if (gone !== undefined) return departed(state, relation, unit, gone);
  if (relation.life === 'dying' || unit.life === 'dying') {
    return isPeer(relation) ? undefined : relationEvent('relation-broken', relation, unit);
  }
  const remote = remoteApplication(relation, unit.application);
  if ((relation.applications[remote]?.version ?? 0) !== (seen.applications[remote] ?? 0)) {
    return relationEvent('relation-changed', relation, unit);
  }
  const joining = visible.find((member) => seen.members[member] === undefined);
  if (joining !== undefined) return relationEvent('relation-joined', relation, unit, joining);
  const changed = visible.find((member) => seen.members[member] !== relation.units[member]?.version);
  return changed === undefined ? undefined : relationEvent('relation-changed', relation, unit, changed);
}

function seenRelations(state: ModelState, unit: UnitState): { relation: RelationState; seen: SeenRelation }[] {
  return Object.keys(unit.relations)
    .map(Number)
    .toSorted((a, b) => a - b)
    .flatMap((id) => {
      const relation = state.relations[id];
      return relation === undefined ? [] : [{ relation, seen: unit.relations[id] ?? UNSEEN }];
    });
}

function relationEvent(
  kind: 'relation-created' | 'relation-joined' | 'relation-changed' | 'relation-broken',
  relation: RelationState,
  unit: UnitState,
  remoteUnit?: string,
): UnitEvent {
  const remoteApp =
    remoteUnit === undefined ? remoteApplication(relation, unit.application) : applicationOfUnit(remoteUnit);
  const about = { relationId: relation.id, endpoint: localEndpoint(relation, unit.application).name, remoteApp };
  return remoteUnit === undefined ? { kind, ...about } : { kind, ...about, remoteUnit };
}

function departed(state: ModelState, relation: RelationState, unit: UnitState, remoteUnit: string): UnitEvent {
  const leaving = unit.life === 'dying' || state.applications[unit.application]?.life === 'dying';
  return {
    kind: 'relation-departed',
    relationId: relation.id,
    endpoint: localEndpoint(relation, unit.application).name,
    remoteApp: applicationOfUnit(remoteUnit),
    remoteUnit,
    departingUnit: leaving ? unit.name : remoteUnit,
  };
}
