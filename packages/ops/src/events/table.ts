// From what Juju dispatches to the event that it means.

import type { EventBase } from '../framework/event.ts';
import type { JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import type { CharmMeta } from '../meta/charm-meta.ts';
import { actionSnapshot, actionType } from './action.ts';
import { bound } from './bound.ts';
import type { EventHost } from './host.ts';
import { lifecycleTypes } from './lifecycle.ts';
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
  /** Matches the dispatch path; the first group, if any, is the name of an entity. */
  readonly path: RegExp;
  readonly type: CharmEventType<EventBase>;
  /** The names that the charm declares for it. */
  readonly declared?: (meta: CharmMeta) => { has(name: string): boolean };
  readonly snapshot: (context: JujuContext, host: EventHost) => JsonObject | Promise<JsonObject>;
}

const TABLE: readonly Row[] = [
  ...Object.entries(lifecycleTypes).map(([hook, type]) => ({
    path: new RegExp(`^hooks/${hook}$`),
    type,
    snapshot: () => ({}),
  })),
  ...Object.entries(relationTypes).map(([what, type]) => ({
    path: new RegExp(`^hooks/(.+)-relation-${what}$`),
    type,
    declared: (meta: CharmMeta) => meta.relations,
    snapshot: relationSnapshot,
  })),
  ...Object.entries(storageTypes).map(([what, type]) => ({
    path: new RegExp(`^hooks/(.+)-storage-${what}$`),
    type,
    declared: (meta: CharmMeta) => meta.storages,
    snapshot: storageSnapshot,
  })),
  ...Object.entries(secretTypes).map(([hook, type]) => ({
    path: new RegExp(`^hooks/${hook}$`),
    type,
    snapshot: secretSnapshot,
  })),
  ...Object.entries(workloadTypes).map(([what, type]) => ({
    path: new RegExp(`^hooks/(.+)-pebble-${what}$`),
    type,
    declared: (meta: CharmMeta) => meta.containers,
    snapshot: workloadSnapshot,
  })),
  {
    path: /^actions\/(.+)$/,
    type: actionType,
    declared: (meta) => meta.actions,
    snapshot: actionSnapshot,
  },
];

/** The event that Juju dispatches, or `undefined` if it is one that this charm does not know. */
export function dispatchedEvent(context: JujuContext, meta: CharmMeta): JujuEvent | undefined {
  const row = rowOf(context.dispatchPath, meta);
  if (!row) return undefined;
  const event = bound(eventKind(context.dispatchPath), row.type);
  return { event, snapshot: (host) => row.snapshot(context, host) };
}

/** Whether Juju may send an event of this kind to the charm. */
export function isDispatched(kind: string, meta: CharmMeta): boolean {
  const action = /^(.+)-action$/.exec(kind)?.[1];
  return rowOf(action === undefined ? `hooks/${kind}` : `actions/${action}`, meta) !== undefined;
}

function rowOf(dispatchPath: string, meta: CharmMeta): Row | undefined {
  return TABLE.find(({ path, declared }) => {
    const match = path.exec(dispatchPath);
    const name = match?.[1];
    return match && (name === undefined || !declared || declared(meta).has(name));
  });
}

/** The name of an event: that of the hook, or `<action>-action`. */
export function eventKind(dispatchPath: string): string {
  const name = dispatchPath.slice(dispatchPath.lastIndexOf('/') + 1);
  return dispatchPath.startsWith('actions/') ? `${name}-action` : name;
}
