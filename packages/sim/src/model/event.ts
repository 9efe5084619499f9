// What a unit's charm is dispatched for, and what Juju calls that.

/** One dispatch of a unit. */
export type UnitEvent =
  | LifecycleEvent
  | RelationEvent
  | DepartedEvent
  | PebbleReadyEvent
  | WorkloadEvent
  | SecretEvent
  | StorageEvent
  | ActionEvent;

export interface LifecycleEvent {
  readonly kind:
    | 'install'
    | 'start'
    | 'stop'
    | 'remove'
    | 'leader-elected'
    | 'leader-settings-changed'
    | 'config-changed'
    | 'upgrade-charm'
    | 'update-status';
}

export interface RelationEvent {
  readonly kind: 'relation-created' | 'relation-joined' | 'relation-changed' | 'relation-broken';
  readonly relationId: number;
  /** The endpoint, on this unit's side. */
  readonly endpoint: string;
  readonly remoteApp: string;
  /** None in relation-created and relation-broken, nor when the application's settings changed. */
  readonly remoteUnit?: string;
}

export interface DepartedEvent {
  readonly kind: 'relation-departed';
  readonly relationId: number;
  readonly endpoint: string;
  readonly remoteApp: string;
  readonly remoteUnit: string;
  /** The unit that leaves: the remote one, or this one. */
  readonly departingUnit: string;
}

export interface PebbleReadyEvent {
  readonly kind: 'pebble-ready';
  readonly container: string;
}

/** What a container's Pebble tells its charm. */
export type WorkloadEvent = NoticeEvent | CheckEvent;

export interface NoticeEvent {
  readonly kind: 'pebble-custom-notice';
  readonly container: string;
  readonly notice: { readonly id: string; readonly type: string; readonly key: string };
}

export interface CheckEvent {
  readonly kind: 'pebble-check-failed' | 'pebble-check-recovered';
  readonly container: string;
  readonly check: string;
}

export interface SecretEvent {
  readonly kind: 'secret-changed' | 'secret-remove' | 'secret-rotate' | 'secret-expired';
  /** The bare id. */
  readonly secret: string;
  /** What the unit calls it; empty for nothing. */
  readonly label: string;
  /** The latest, or the one that is to be removed; 0 in secret-rotate. */
  readonly revision: number;
}

export interface StorageEvent {
  readonly kind: 'storage-attached' | 'storage-detaching';
  /** Such as `data/0`. */
  readonly storage: string;
}

export interface ActionEvent {
  readonly kind: 'action';
  readonly task: string;
  readonly action: string;
}

/** As in `JUJU_DISPATCH_PATH` without the folder: `db-relation-changed`, or for an action its name. */
export function hookName(event: UnitEvent): string {
  switch (event.kind) {
    case 'action':
      return event.action;
    case 'pebble-ready':
    case 'pebble-custom-notice':
    case 'pebble-check-failed':
    case 'pebble-check-recovered':
      return `${event.container}-${event.kind}`;
    case 'storage-attached':
    case 'storage-detaching':
      return `${event.storage.slice(0, event.storage.lastIndexOf('/'))}-${event.kind}`;
    case 'relation-created':
    case 'relation-joined':
    case 'relation-changed':
    case 'relation-departed':
    case 'relation-broken':
      return `${event.endpoint}-${event.kind}`;
    default:
      return event.kind;
  }
}

/** `JUJU_DISPATCH_PATH`: `hooks/config-changed`, `actions/backup`. */
export function dispatchPath(event: UnitEvent): string {
  return `${event.kind === 'action' ? 'actions' : 'hooks'}/${hookName(event)}`;
}

export function isSecretEvent(event: UnitEvent): event is SecretEvent {
  return event.kind.startsWith('secret-');
}

export function isStorageEvent(event: UnitEvent): event is StorageEvent {
  return event.kind.startsWith('storage-');
}

export function isRelationEvent(event: UnitEvent): event is RelationEvent | DepartedEvent {
  return event.kind.startsWith('relation-');
}
