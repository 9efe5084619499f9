// `this.on`: the events that a charm can observe, as far as its metadata declares them.

import { OpsError } from '../errors.ts';
import { actionType, type ActionEvent } from '../events/action.ts';
import { bound } from '../events/bound.ts';
import { collectStatusTypes, type CollectStatusEvent } from '../events/collect-status.ts';
import {
  legacyTypes,
  type CollectMetricsEvent,
  type LeaderSettingsChangedEvent,
  type PostSeriesUpgradeEvent,
  type PreSeriesUpgradeEvent,
} from '../events/legacy.ts';
import {
  lifecycleTypes,
  type ConfigChangedEvent,
  type InstallEvent,
  type LeaderElectedEvent,
  type RemoveEvent,
  type StartEvent,
  type StopEvent,
  type UpdateStatusEvent,
  type UpgradeCharmEvent,
} from '../events/lifecycle.ts';
import {
  relationTypes,
  type RelationBrokenEvent,
  type RelationChangedEvent,
  type RelationCreatedEvent,
  type RelationDepartedEvent,
  type RelationJoinedEvent,
} from '../events/relation.ts';
import {
  secretTypes,
  type SecretChangedEvent,
  type SecretExpiredEvent,
  type SecretRemoveEvent,
  type SecretRotateEvent,
} from '../events/secret.ts';
import { storageTypes, type StorageAttachedEvent, type StorageDetachingEvent } from '../events/storage.ts';
import type { CharmEvent } from '../events/type.ts';
import {
  workloadTypes,
  type PebbleCheckFailedEvent,
  type PebbleCheckRecoveredEvent,
  type PebbleCustomNoticeEvent,
  type PebbleReadyEvent,
} from '../events/workload.ts';
import type { CharmMeta } from '../meta/charm-meta.ts';
import type { MetaSource } from '../meta/source.ts';
import type { ActionName, ContainerName, RelationName, StorageName } from '../meta/types.ts';

/** The events of one endpoint. */
export interface RelationEvents {
  readonly created: CharmEvent<RelationCreatedEvent>;
  readonly joined: CharmEvent<RelationJoinedEvent>;
  readonly changed: CharmEvent<RelationChangedEvent>;
  readonly departed: CharmEvent<RelationDepartedEvent>;
  readonly broken: CharmEvent<RelationBrokenEvent>;
}

/** The events of one storage. */
export interface StorageEvents {
  readonly attached: CharmEvent<StorageAttachedEvent>;
  readonly detaching: CharmEvent<StorageDetachingEvent>;
}

/** The events of one workload container. */
export interface ContainerEvents {
  readonly pebbleReady: CharmEvent<PebbleReadyEvent>;
  readonly pebbleCustomNotice: CharmEvent<PebbleCustomNoticeEvent>;
  readonly pebbleCheckFailed: CharmEvent<PebbleCheckFailedEvent>;
  readonly pebbleCheckRecovered: CharmEvent<PebbleCheckRecoveredEvent>;
}

export class CharmEvents<M extends MetaSource = MetaSource> {
  readonly install: CharmEvent<InstallEvent> = bound('install', lifecycleTypes.install);
  readonly start: CharmEvent<StartEvent> = bound('start', lifecycleTypes.start);
  readonly stop: CharmEvent<StopEvent> = bound('stop', lifecycleTypes.stop);
  readonly remove: CharmEvent<RemoveEvent> = bound('remove', lifecycleTypes.remove);
  readonly configChanged: CharmEvent<ConfigChangedEvent> = bound('config-changed', lifecycleTypes['config-changed']);
  readonly updateStatus: CharmEvent<UpdateStatusEvent> = bound('update-status', lifecycleTypes['update-status']);
  readonly upgradeCharm: CharmEvent<UpgradeCharmEvent> = bound('upgrade-charm', lifecycleTypes['upgrade-charm']);
  readonly leaderElected: CharmEvent<LeaderElectedEvent> = bound('leader-elected', lifecycleTypes['leader-elected']);
  readonly secretChanged: CharmEvent<SecretChangedEvent> = bound('secret-changed', secretTypes['secret-changed']);
  readonly secretRotate: CharmEvent<SecretRotateEvent> = bound('secret-rotate', secretTypes['secret-rotate']);
  readonly secretRemove: CharmEvent<SecretRemoveEvent> = bound('secret-remove', secretTypes['secret-remove']);
  readonly secretExpired: CharmEvent<SecretExpiredEvent> = bound('secret-expired', secretTypes['secret-expired']);
  /** Not sent by Juju 4, like the three below. */
  readonly leaderSettingsChanged: CharmEvent<LeaderSettingsChangedEvent> = bound(
    'leader-settings-changed',
    legacyTypes['leader-settings-changed'],
  );
  readonly preSeriesUpgrade: CharmEvent<PreSeriesUpgradeEvent> = bound(
    'pre-series-upgrade',
    legacyTypes['pre-series-upgrade'],
  );
  readonly postSeriesUpgrade: CharmEvent<PostSeriesUpgradeEvent> = bound(
    'post-series-upgrade',
    legacyTypes['post-series-upgrade'],
  );
  readonly collectMetrics: CharmEvent<CollectMetricsEvent> = bound('collect-metrics', legacyTypes['collect-metrics']);
  /** Runs at the end of a dispatch of the leader. */
  readonly collectAppStatus: CharmEvent<CollectStatusEvent> = collectStatus('collect-app-status');
  /** Runs at the end of every dispatch. */
  readonly collectUnitStatus: CharmEvent<CollectStatusEvent> = collectStatus('collect-unit-status');
  readonly #meta: CharmMeta;

  constructor(meta: CharmMeta) {
    this.#meta = meta;
  }

  /** The events of an endpoint. @throws OpsError `unknown-event` when the metadata declares no such endpoint. */
  relation(name: RelationName<M>): RelationEvents {
    requireDeclared(this.#meta.relations, 'endpoint', name);
    return {
      created: bound(`${name}-relation-created`, relationTypes.created),
      joined: bound(`${name}-relation-joined`, relationTypes.joined),
      changed: bound(`${name}-relation-changed`, relationTypes.changed),
      departed: bound(`${name}-relation-departed`, relationTypes.departed),
      broken: bound(`${name}-relation-broken`, relationTypes.broken),
    };
  }

  /** The events of a storage. @throws OpsError `unknown-event` when the metadata declares no such storage. */
  storage(name: StorageName<M>): StorageEvents {
    requireDeclared(this.#meta.storages, 'storage', name);
    return {
      attached: bound(`${name}-storage-attached`, storageTypes.attached),
      detaching: bound(`${name}-storage-detaching`, storageTypes.detaching),
    };
  }

  /** The events of a workload container. @throws OpsError `unknown-event` when the metadata declares no such container. */
  container(name: ContainerName<M>): ContainerEvents {
    requireDeclared(this.#meta.containers, 'container', name);
    return {
      pebbleReady: bound(`${name}-pebble-ready`, workloadTypes.ready),
      pebbleCustomNotice: bound(`${name}-pebble-custom-notice`, workloadTypes['custom-notice']),
      pebbleCheckFailed: bound(`${name}-pebble-check-failed`, workloadTypes['check-failed']),
      pebbleCheckRecovered: bound(`${name}-pebble-check-recovered`, workloadTypes['check-recovered']),
    };
  }

  /** An action. @throws OpsError `unknown-event` when the metadata declares no such action. */
  action<A extends ActionName<M>>(name: A): CharmEvent<ActionEvent<M, A>> {
    requireDeclared(this.#meta.actions, 'action', name);
    return bound(`${name}-action`, actionType) as CharmEvent<ActionEvent<M, A>>;
  }
}

function collectStatus(kind: 'collect-app-status' | 'collect-unit-status'): CharmEvent<CollectStatusEvent> {
  return bound(kind, collectStatusTypes[kind]);
}

function requireDeclared(declared: ReadonlyMap<string, unknown>, what: string, name: string): void {
  if (declared.has(name)) return;
  const known = [...declared.keys()].join(', ') || 'none';
  throw new OpsError('unknown-event', `cannot observe ${what} ${name}: the charm's metadata declares ${known}`);
}
