// Everything that a charm is written with. A charm is a class that extends `CharmBase`, observes events in its constructor, and is
// handed to `main`; its model (`this.model`, `this.unit`, `this.app`) reads and changes what Juju knows of it.

export { main, type MainOptions } from './main.ts';
export { CharmBase, type AnyCharm, type CharmClass, type CharmFramework as Framework } from './charm/charm-base.ts';
export { CharmEvents, type ContainerEvents, type RelationEvents, type StorageEvents } from './charm/charm-events.ts';
export { OpsObject } from './charm/ops-object.ts';

export { ActionEvent } from './events/action.ts';
export { CollectStatusEvent } from './events/collect-status.ts';
export {
  ConfigChangedEvent,
  InstallEvent,
  LeaderElectedEvent,
  LifecycleEvent,
  RemoveEvent,
  StartEvent,
  StopEvent,
  UpdateStatusEvent,
  UpgradeCharmEvent,
} from './events/lifecycle.ts';
export {
  CollectMetricsEvent,
  LeaderSettingsChangedEvent,
  PostSeriesUpgradeEvent,
  PreSeriesUpgradeEvent,
} from './events/legacy.ts';
export { ReconcileEvent } from './events/reconcile.ts';
export {
  RelationBrokenEvent,
  RelationChangedEvent,
  RelationCreatedEvent,
  RelationDepartedEvent,
  RelationEvent,
  RelationJoinedEvent,
} from './events/relation.ts';
export {
  SecretChangedEvent,
  SecretEvent,
  SecretExpiredEvent,
  SecretRemoveEvent,
  SecretRotateEvent,
} from './events/secret.ts';
export {
  PebbleCheckEvent,
  PebbleCheckFailedEvent,
  PebbleCheckRecoveredEvent,
  PebbleCustomNoticeEvent,
  PebbleNoticeEvent,
  PebbleReadyEvent,
  WorkloadEvent,
  type LazyCheckInfo,
  type LazyNotice,
} from './events/workload.ts';
export { StorageAttachedEvent, StorageDetachingEvent, StorageEvent } from './events/storage.ts';
export type { CharmEvent } from './events/type.ts';

export { CustomEventBase, type CustomEvents, type CustomEventSource } from './framework/custom-event.ts';
export { EventBase, type EventDelivery } from './framework/event.ts';
export { CommitEvent, PreCommitEvent } from './framework/lifecycle.ts';
export type { ObserveOptions } from './framework/framework.ts';
export type { JsonObject, JsonValue, Storable } from './framework/json.ts';

export type { Binding, NetworkInterface } from './model/binding.ts';
export type { ConfigErrors, ConfigOf } from './model/config.ts';
export { Container } from './model/container.ts';
export { MultiPushPullError, type CopyFailure, type CopyOptions } from './model/container-paths.ts';
export { Application, Unit } from './model/entity.ts';
export {
  InvalidStatusError,
  RelationDataAccessError,
  RelationDataError,
  RelationDataTypeError,
  TooManyRelatedAppsError,
  ValidationError,
} from './model/errors.ts';
export { Model, type Proxies } from './model/model.ts';
export { OwnApplication } from './model/own-application.ts';
export { OwnUnit } from './model/own-unit.ts';
export { OwnRelationData, RelationData, type Settings } from './model/relation-data.ts';
export { Relation } from './model/relation.ts';
export type { ParamErrors } from './model/action.ts';
export { Secret, type SecretInfo, type SecretOptions, type SecretWithId } from './model/secret.ts';
export { Storage } from './model/storage.ts';
export type { StandardSchema } from './model/standard-schema.ts';
export {
  ActiveStatus,
  BlockedStatus,
  ErrorStatus,
  MaintenanceStatus,
  StatusBase,
  UnknownStatus,
  WaitingStatus,
} from './model/status.ts';

export { JujuVersion } from './juju/version.ts';
export type { JujuContext } from './juju/context.ts';
export type { CharmMeta, RelationMeta, RelationRole } from './meta/charm-meta.ts';
export type {
  ActionSource,
  AssumesSource,
  ContainerSource,
  LinksSource,
  MetaSource,
  OptionSource,
  RelationSource,
  ResourceSource,
  StorageSource,
} from './meta/source.ts';
export type {
  ActionName,
  ActionParams,
  BindingName,
  ContainerName,
  RelationName,
  ResourceName,
  StorageName,
} from './meta/types.ts';

export type { ActionResult } from './hookcmds/action-results.ts';
export { HookCommandError, RelationNotFoundError, SecretNotFoundError } from './hookcmds/command-error.ts';
export { HookRunnerError } from './hookcmds/errors.ts';
export type { Port } from './hookcmds/port-text.ts';
export type { CloudCredential, CloudSpec } from './hookcmds/credential.ts';
export type { Goal, GoalState } from './hookcmds/goal-state.ts';
export type { RemoteModel } from './hookcmds/relation.ts';
export type { SettableStatusName, StatusName } from './hookcmds/status.ts';
export type { SecretContent, SecretName, SecretRotate } from './hookcmds/secret.ts';
export { ModelError, OpsError } from './errors.ts';
export type { LogLevel, Logger } from './log.ts';
export type { Operation } from './operations/operation.ts';
