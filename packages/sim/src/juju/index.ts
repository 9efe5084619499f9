// `@charmed/sim/juju`: Juju's hook commands, simulated.

export {
  HookContextError,
  type ConfigValue,
  type CurrentRelation,
  type HookContext,
  type HookRelation,
  type NetworkInfo,
  type PortRange,
  type Settings,
  type StatusInfo,
} from './hook-context.ts';
export { hookCommandNames, runHookCommand, type HookCommandInput } from './run-hook-command.ts';
export { simulatedRunner } from './simulated-runner.ts';
