// Hook commands for a program that is no charm of this library: a script that a charm starts, or a charm written without the framework.

import { inCallOrder } from '../hookcmds/in-call-order.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import { jujuContextFrom, type Environment } from '../juju/context.ts';
import { chooseRunner } from './choose-runner.ts';
import { withFiles } from './files-for-commands.ts';

export interface HookRunnerOptions {
  /** How many milliseconds a hook command may take. Default: five minutes. `resource-get` has no limit. */
  readonly hookCommandTimeoutMs?: number;
}

/**
 * Runs hook commands as this process's environment says: over the unit agent's socket where there is one, else as executables.
 *
 * ```ts
 * await using juju = await hookRunner();
 * const { port } = await configGet(juju);
 * ```
 *
 * Close it at the end: Juju waits for that before it ends the hook. In a charm use `this.hookRunner`, which keeps the order with what
 * the model does, and is closed by itself.
 */
export async function hookRunner(
  env: Environment = process.env,
  options: HookRunnerOptions = {},
): Promise<HookRunner & AsyncDisposable> {
  const chosen = await chooseRunner(jujuContextFrom(env), env, options.hookCommandTimeoutMs);
  const runner = inCallOrder(withFiles(chosen));
  return Object.assign(runner, { [Symbol.asyncDispose]: () => runner.close() });
}
