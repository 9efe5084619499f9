// `@charmed/testing`: what tests of charms use. A `Context` runs a charm for one event, from one `State` to the next.

export { Context, type ContextOptions, type Run } from './context.ts';
export { InconsistentStateError } from './consistency/check.ts';
export { ContextEvent } from './events/context-event.ts';
export { ContextEvents, type ActionOptions, type RemoteUnitOption } from './events/context-events.ts';
export { ActionFailed, type ActionOutput } from './harness/actions.ts';
export type { ExecAnswer, ExecHandler, ExecResult, NotifyOptions } from './harness/containers.ts';
export { HarnessError } from './harness/errors.ts';
export { Harness, type AddStorageOptions, type HarnessOptions } from './harness/harness.ts';
export type { Named } from './harness/names.ts';
export type { NetworkOptions } from './harness/networks.ts';
export type { AddRelationOptions } from './harness/relations.ts';
export type { SecretEventOptions } from './harness/secrets.ts';
export { Manager } from './manager.ts';
export type { MetaOf } from './meta-of.ts';
export { ExplorationError } from './model/exploration-error.ts';
export type { Explored, ExploreOptions } from './model/explore.ts';
export { ModelCommandError } from '@charmed/sim/model';
export { Model, type Offer } from './model/model.ts';
export type { DeployOptions, ModelExec, ModelLogLine, ModelOptions } from './model/options.ts';
export type { ApplicationName, ConfigChangeFields, UnitName } from './model/names.ts';
export type { Deviation } from './model/schedule.ts';
export type { ApplicationView, UnitView } from './model/view.ts';
export type { NoticeOptions } from './pebble/container-draft.ts';
export { ActionFailedError, AlreadyEmittedError, ContextSetupError } from './run/errors.ts';
export type { ExecArgs } from './run/exec-args.ts';
export type { EmittedEvent, LogLine, Recording } from './run/recording.ts';
export { CheckInfo, type CheckInfoFields } from './state/check-info.ts';
export { Container, type ContainerFields, type ServiceStatus } from './state/container.ts';
export { DeferredEvent, type DeferredEventFields } from './state/deferred-event.ts';
export { NotInStateError, StateValidationError } from './state/errors.ts';
export { Exec, type ExecFields } from './state/exec.ts';
export {
  CloudCredential,
  CloudSpec,
  ModelInfo,
  type CloudCredentialFields,
  type CloudSpecFields,
  type ModelInfoFields,
} from './state/model-info.ts';
export { Address, BindAddress, Network, type NetworkFields } from './state/network.ts';
export { Mount, type MountFields } from './state/mount.ts';
export { Notice, type NoticeFields } from './state/notice.ts';
export {
  PeerRelation,
  Relation,
  SubordinateRelation,
  type AnyRelation,
  type Databag,
  type PeerRelationFields,
  type RelationFields,
  type SubordinateRelationFields,
  type UnitDatabags,
} from './state/relation.ts';
export { Resource } from './state/resource.ts';
export { layerFromRockcraft } from './state/rockcraft.ts';
export { Secret, type SecretFields } from './state/secret.ts';
export type { StateFields } from './state/fields.ts';
export { State } from './state/state.ts';
export { Storage, type StorageFields } from './state/storage.ts';
export { StoredState, type StoredStateFields } from './state/stored-state.ts';
