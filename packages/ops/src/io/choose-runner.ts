// Picks how hook commands are run: over the agent's socket where there is one, else as executables. Each is loaded only if used.

import { HookRunnerError } from '../hookcmds/errors.ts';
import { jujuLogArgs } from '../hookcmds/log.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { Environment, JujuContext } from '../juju/context.ts';
import type { LogLevel } from '../log.ts';

const RUN_SYNC_TIMEOUT_MS = 5000;

/** @param timeoutMs how long a hook command may take; default: five minutes, and no limit for resource-get. */
export async function chooseRunner(context: JujuContext, env: Environment, timeoutMs?: number): Promise<HookRunner> {
  const runner = await socketOrExecutables(context, env, timeoutMs);
  return {
    ...runner,
    // Nothing asynchronous runs when a process exits, so the last log lines always go through the executables.
    runSync(command, args) {
      const { spawnSync } = process.getBuiltinModule('node:child_process');
      const options = { cwd: context.charmDir, env, stdio: 'ignore', timeout: RUN_SYNC_TIMEOUT_MS } as const;
      return spawnSync(command, args, options).status === 0;
    },
  };
}

async function socketOrExecutables(context: JujuContext, env: Environment, timeoutMs?: number): Promise<HookRunner> {
  const { agentSocketAddress: address, agentSocketNetwork: network, contextId, agentToken: token } = context;
  const executables = async (level: LogLevel, reason: string) => {
    const runner = await execRunner(context, env, timeoutMs);
    const line = `${reason}. Hook commands run as executables, a process each.`;
    await runner.run('juju-log', jujuLogArgs(level, line)).catch((error: unknown) => {
      if (!(error instanceof HookRunnerError)) throw error;
      throw new HookRunnerError(error.code, `${reason}, and ${error.message}`, { cause: error });
    });
    return runner;
  };
  if (!address || !contextId) return await execRunner(context, env, timeoutMs);
  // It wants TLS there; the executables know how.
  if (network === 'tcp') return await executables('DEBUG', 'the unit agent listens on TCP');
  const { agentSocketRunner } = await import('./agent-socket/runner.ts');
  try {
    return await agentSocketRunner({ address, contextId, token, dir: context.charmDir, timeoutMs });
  } catch (error) {
    // Nothing has been sent yet. Later there is no way back: a command may have run.
    if (!(error instanceof HookRunnerError) || error.code !== 'agent-unreachable') throw error;
    return await executables('WARNING', error.message);
  }
}

async function execRunner(context: JujuContext, env: Environment, timeoutMs?: number): Promise<HookRunner> {
  const module = await import('./exec-runner.ts');
  return module.execRunner({ env, cwd: context.charmDir, timeoutMs });
}
