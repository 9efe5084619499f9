// The Juju model as a pure state machine: commands and hooks change a state, and the state says what each unit runs next.

export { beginAction, enqueueAction, failInterruptedAction, finishAction, type ActionOutcome } from './action.ts';
export {
  addApplication,
  addUnits,
  isKubernetes,
  isSubordinate,
  refreshCharm,
  removeApplication,
  removeUnit,
  type Deployment,
} from './application.ts';
export { applicationStatus, unitStatus } from './application-status.ts';
export { mergeSettings, NO_CHANGES, refusedChange, type HookChanges } from './changes.ts';
export { beginHook, commitHook, failHook, failureMessage, rebootUnit, requeueHook, type BegunHook } from './commit.ts';
export { defaultParams } from './action-params.ts';
export { withResult } from './action-results.ts';
export { consume, offerOf, removeConsumed, type OfferedApplication } from './cross-model.ts';
export { exchange } from './exchange.ts';
export { effectiveConfig, setConfig, type ConfigChange } from './config.ts';
export { applyEffect, type HookEffect } from './effect.ts';
export { endpointsOf } from './endpoint.ts';
export { hookEnvironment, type AgentPaths } from './environment.ts';
export { dispatchPath, hookName, isRelationEvent, type UnitEvent, type WorkloadEvent } from './event.ts';
export type { HookSink, HookWorld } from './draft/scope.ts';
export { HookDraft } from './hook-draft.ts';
export { moveLeadership } from './leadership.ts';
export { failedEvent, nextEvent, nextEvents, runsSomething } from './next-event.ts';
export { containerReady, requestUpdateStatus, workloadEvent } from './occurrence.ts';
export { integrate, isContainerScoped, isPeer, relationName, removeRelation } from './relation.ts';
export { dueSecrets, nextSecretTime } from './secret/events.ts';
export type { SecretState } from './secret/state.ts';
export { settle } from './settle.ts';
export {
  emptyModel,
  type ApplicationState,
  type Endpoint,
  type ModelInfo,
  type ModelState,
  type RelationState,
  type StatusSince,
  type TaskState,
  type UnitState,
} from './state.ts';
export type { StorageState } from './storage-state.ts';
export { provisionStorage, storageOf } from './storage.ts';
export { subordinatesOf } from './subordinate.ts';
export { applicationOf, ModelCommandError, unitOf, unitsOf } from './update.ts';
