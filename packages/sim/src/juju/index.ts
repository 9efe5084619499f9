// `@charmed/sim/juju`: Juju's hook commands, simulated.

export { hookCommandNames } from './command-table.ts';
export {
  HookContextError,
  type ConfigValue,
  type CurrentRelation,
  type Goal,
  type GoalState,
  type HookContext,
  type HookRelation,
  type NetworkInfo,
  type PortRange,
  type Settings,
  type StatusInfo,
} from './hook-context.ts';
export type { HookCommandInput } from './files.ts';
export { runHookCommand } from './run-hook-command.ts';
export { simulatedRunner } from './simulated-runner.ts';
