// From what Juju dispatches to the event that it means.

import type { EventBase } from '../framework/event.ts';
import type { JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import type { CharmMeta } from '../meta/charm-meta.ts';
import { actionSnapshot, actionType } from './action.ts';
import { bound } from './bound.ts';
import type { EventHost } from './host.ts';
import { legacyTypes } from './legacy.ts';
import { lifecycleTypes } from './lifecycle.ts';
import { requireEnvironment } from './required.ts';
import { relationSnapshot, relationTypes } from './relation.ts';
import { secretSnapshot, secretTypes } from './secret.ts';
import { storageSnapshot, storageTypes } from './storage.ts';
import type { CharmEvent, CharmEventType } from './type.ts';
import { workloadSnapshot, workloadTypes } from './workload.ts';

export interface JujuEvent {
  readonly event: CharmEvent<EventBase>;
  /** What the event is made from, now and when it was deferred. */
  readonly snapshot: (host: EventHost) => JsonObject | Promise<JsonObject>;
}

interface Row {
  readonly type: CharmEventType<EventBase>;
  readonly snapshot: (context: JujuContext, host: EventHost) => JsonObject | Promise<JsonObject>;
}

/** By the name of the hook. */
const HOOKS: ReadonlyMap<string, Row> = new Map([
  ...rowsOf({ ...lifecycleTypes, ...legacyTypes }, () => ({})),
  ...rowsOf(secretTypes, secretSnapshot),
]);

/** By what stands in the name of the hook after that of something which the charm declares. */
const HOOKS_OF: readonly {
  readonly declared: (meta: CharmMeta) => { has(name: string): boolean };
  readonly rows: readonly (readonly [suffix: string, row: Row])[];
}[] = [
  { declared: (meta) => meta.relations, rows: rowsOf(relationTypes, relationSnapshot, '-relation-') },
  { declared: (meta) => meta.storages, rows: rowsOf(storageTypes, storageSnapshot, '-storage-') },
  { declared: (meta) => meta.containers, rows: rowsOf(workloadTypes, workloadSnapshot, '-pebble-') },
];

const ACTION: Row = { type: actionType, snapshot: actionSnapshot };

/** Hooks in which Juju allows hardly anything, so that only their own handlers run. */
const RESTRICTED: ReadonlySet<string> = new Set(['hooks/collect-metrics', 'hooks/meter-status-changed']);

/** The event that Juju dispatches, or `undefined` if it is one that this charm does not know. */
export function dispatchedEvent(context: JujuContext, meta: CharmMeta): JujuEvent | undefined {
  const row = rowOf(context.dispatchPath, meta);
  if (!row) return undefined;
  const event = bound(eventKind(context.dispatchPath), row.type);
  const snapshot = (host: EventHost) => {
    requireEnvironment(row.type.name, event.kind, context);
    return row.snapshot(context, host);
  };
  return { event, snapshot };
}

/** What an event of a relation, a secret or a container is made from; of others, nothing. */
export function snapshotFrom(context: JujuContext): JsonObject {
  if (context.relationName !== undefined) return relationSnapshot(context);
  if (context.secretId !== undefined) return secretSnapshot(context);
  return context.workloadName === undefined ? {} : workloadSnapshot(context);
}

/** Whether Juju may send an event of this kind to the charm. */
export function isDispatched(kind: string, meta: CharmMeta): boolean {
  const action = /^(.+)-action$/.exec(kind)?.[1];
  return rowOf(action === undefined ? `hooks/${kind}` : `actions/${action}`, meta) !== undefined;
}

/** Whether only the handlers of the event itself may run: no deferred ones, no reconcilers, no collecting of statuses. */
export function isRestricted(context: JujuContext): boolean {
  return RESTRICTED.has(context.dispatchPath);
}

function rowOf(dispatchPath: string, meta: CharmMeta): Row | undefined {
  const [, kind, name = ''] = /^(hooks|actions)\/(.+)$/.exec(dispatchPath) ?? [];
  if (kind === 'actions') return meta.actions.has(name) ? ACTION : undefined;
  return kind === 'hooks' ? (HOOKS.get(name) ?? rowOfDeclared(name, meta)) : undefined;
}

function rowOfDeclared(hook: string, meta: CharmMeta): Row | undefined {
  for (const { declared, rows } of HOOKS_OF) {
    const isFor = (suffix: string) => hook.endsWith(suffix) && declared(meta).has(hook.slice(0, -suffix.length));
    const found = rows.find(([suffix]) => isFor(suffix));
    if (found) return found[1];
  }
  return undefined;
}

/** The name of an event: that of the hook, or `<action>-action`. */
export function eventKind(dispatchPath: string): string {
  const name = dispatchPath.slice(dispatchPath.lastIndexOf('/') + 1);
  return dispatchPath.startsWith('actions/') ? `${name}-action` : name;
}

function rowsOf(types: object, snapshot: Row['snapshot'], prefix = ''): readonly (readonly [string, Row])[] {
  const entries: readonly [string, CharmEventType<EventBase>][] = Object.entries(types);
  return entries.map(([name, type]) => [`${prefix}${name}`, { type, snapshot }]);
}
