// `@charmed/ops/hookcmds`: one function per hook command, for those who want no model above them. Each takes the runner that runs it:
// `await hookRunner()` gives the real one, and a charm has its own, `this.hookRunner`.

export { actionFail, actionGet, actionLog, actionSet } from './hookcmds/action.ts';
export type { ActionResult } from './hookcmds/action-results.ts';
export { applicationVersionSet } from './hookcmds/application-version.ts';
export { HookCommandError, RelationNotFoundError, SecretNotFoundError } from './hookcmds/command-error.ts';
export { configGet, type ConfigValue } from './hookcmds/config.ts';
export { credentialGet, type CloudCredential, type CloudSpec } from './hookcmds/credential.ts';
export { HookRunnerError } from './hookcmds/errors.ts';
export { goalState, type Goal, type GoalState } from './hookcmds/goal-state.ts';
export {
  k8sRawGet,
  k8sRawSet,
  k8sSpecGet,
  k8sSpecSet,
  podSpecGet,
  podSpecSet,
  type K8sSpecOptions,
} from './hookcmds/k8s-spec.ts';
export { isLeader, leaderGet, leaderSet } from './hookcmds/leadership.ts';
export { jujuLog } from './hookcmds/log.ts';
export { addMetric } from './hookcmds/metric.ts';
export { networkGet, type Address, type BindAddress, type NetworkAnswer } from './hookcmds/network.ts';
export {
  payloadRegister,
  payloadStatusSet,
  payloadUnregister,
  type Payload,
  type PayloadName,
  type PayloadStatus,
} from './hookcmds/payload.ts';
export { closePort, openedPorts, openPort } from './hookcmds/port.ts';
export type { Port } from './hookcmds/port-text.ts';
export { jujuReboot } from './hookcmds/reboot.ts';
export {
  relationApplication,
  relationGet,
  relationIds,
  relationList,
  relationModelGet,
  relationSet,
  type RelationDataTarget,
  type RelationMember,
  type RelationTarget,
  type RemoteModel,
} from './hookcmds/relation.ts';
export { resourceGet } from './hookcmds/resource.ts';
export type { HookCommandOptions, HookCommandResult, HookRunner } from './hookcmds/runner.ts';
export {
  secretAdd,
  secretGet,
  secretGrant,
  secretIds,
  secretInfoGet,
  secretRemove,
  secretRevoke,
  secretSet,
  type SecretAccess,
  type SecretContent,
  type SecretInfoAnswer,
  type SecretName,
  type SecretRotate,
  type SecretSettings,
} from './hookcmds/secret.ts';
export { stateDelete, stateGet, stateSet } from './hookcmds/state.ts';
export {
  statusGet,
  statusSet,
  type ApplicationStatusAnswer,
  type SettableStatusName,
  type StatusAnswer,
  type StatusName,
} from './hookcmds/status.ts';
export { storageAdd, storageGet, storageList, type StorageAnswer } from './hookcmds/storage.ts';
export { unitGet } from './hookcmds/unit.ts';
export { hookRunner, type HookRunnerOptions } from './io/hook-runner.ts';
