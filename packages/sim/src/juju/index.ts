// `@charmed/sim/juju`: Juju's hook commands, simulated.

export { hookCommandNames } from './command-table.ts';
export type { CloudSpec, Goal, GoalState } from './context/model.ts';
export { portText, type NetworkContext, type NetworkInfo, type PortRange } from './context/network.ts';
export type { Settings } from './context/relation.ts';
export type { SecretContent } from './context/secret.ts';
export type { StatusInfo } from './context/status.ts';
export { HookContextError, type ConfigValue, type HookContext } from './hook-context.ts';
export type { HookCommandInput } from './files.ts';
export { runHookCommand } from './run-hook-command.ts';
export { simulatedRunner } from './simulated-runner.ts';
