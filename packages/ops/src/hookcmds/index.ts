// `@charmed/ops/hookcmds`: one function per hook command, for those who want no model above them.

export { actionFail, actionGet, actionLog, actionSet } from './action.ts';
export { applicationVersionSet } from './application-version.ts';
export { HookCommandError } from './command.ts';
export { configGet, type ConfigValue } from './config.ts';
export { HookRunnerError } from './errors.ts';
export { isLeader } from './leadership.ts';
export { jujuLog } from './log.ts';
export { networkGet, type NetworkAnswer } from './network.ts';
export { closePort, openedPorts, openPort } from './port.ts';
export {
  relationApplication,
  relationGet,
  relationIds,
  relationList,
  relationSet,
  type RelationTarget,
} from './relation.ts';
export type { HookCommandOptions, HookCommandResult, HookRunner } from './runner.ts';
export { stateDelete, stateGet, stateSet } from './state.ts';
export { statusGet, statusSet, type StatusAnswer } from './status.ts';
