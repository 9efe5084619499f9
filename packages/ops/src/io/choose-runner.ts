// Picks how hook commands are run: over the agent's socket where there is one, else as executables. Each is loaded only if used.

import { HookRunnerError } from '../hookcmds/errors.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { Environment, JujuContext } from '../juju/context.ts';

const RUN_SYNC_TIMEOUT_MS = 5000;

export async function chooseRunner(context: JujuContext, env: Environment): Promise<HookRunner> {
  const runner = (await agentRunner(context)) ?? (await executables(context, env));
  return {
    ...runner,
    // Nothing asynchronous runs when a process exits, so the last log lines always go through the executables.
    runSync(command, args) {
      const { spawnSync } = process.getBuiltinModule('node:child_process');
      spawnSync(command, args, { cwd: context.charmDir, env, stdio: 'ignore', timeout: RUN_SYNC_TIMEOUT_MS });
    },
  };
}

// Over TCP the agent wants TLS and a token; the executables know how.
async function agentRunner(context: JujuContext): Promise<HookRunner | undefined> {
  const { agentSocketAddress: address, agentSocketNetwork: network, contextId, agentToken: token, charmDir } = context;
  if (!address || !contextId || network === 'tcp') return undefined;
  const { agentSocketRunner } = await import('./agent-socket/runner.ts');
  try {
    return await agentSocketRunner({ address, contextId, token, dir: charmDir });
  } catch (error) {
    if (error instanceof HookRunnerError && error.code === 'agent-unreachable') return undefined;
    throw error;
  }
}

async function executables(context: JujuContext, env: Environment): Promise<HookRunner> {
  const { execRunner } = await import('./exec-runner.ts');
  return execRunner({ env, cwd: context.charmDir });
}
