// Hook commands over the unit agent's socket: what each executable on PATH does, without a process.

import { resolve } from 'node:path';
import { notSent } from '../../hookcmds/errors.ts';
import type { HookCommandOptions, HookCommandResult, HookRunner } from '../../hookcmds/runner.ts';
import { resultOf } from '../command-output.ts';
import { timeoutOf } from '../timeout.ts';
import { AgentConnection } from './connection.ts';

export interface AgentSocketOptions {
  /** Path of the socket, or `@name`. */
  readonly address: string;
  readonly contextId: string;
  readonly token?: string | undefined;
  /** What file arguments are relative to. */
  readonly dir: string;
  /** Default: five minutes, and no limit for resource-get. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Connects at once, so that whatever is handed to the runner reaches the agent. The caller keeps to one command at a time.
 *
 * @throws HookRunnerError `agent-unreachable` when nothing listens on the address; nothing has been sent then.
 */
export async function agentSocketRunner(options: AgentSocketOptions): Promise<HookRunner> {
  const { address, contextId, token } = options;
  const dir = resolve(options.dir);
  const agent = await AgentConnection.open(address);
  return {
    async run(command: string, args: readonly string[], { stdin = '', timeoutMs }: HookCommandOptions = {}) {
      if (agent.failure) throw notSent(command, agent.failure);
      // Always with stdin, if an empty one: without, the agent asks to be called again by the commands that read it.
      const request = { contextId, token, dir, command, args, stdin: Buffer.from(stdin) };
      const limit = timeoutOf(command, { call: timeoutMs, runner: options.timeoutMs });
      try {
        return resultOf(command, await agent.call(request, limit));
      } catch (error) {
        if (isReboot(command, args) && wasClosed(agent, error)) return DONE;
        throw error;
      }
    },
    close: () => agent.close(),
  };
}

const DONE: HookCommandResult = { code: 0, stdout: '', stderr: '' };

// It ends its caller and never answers.
function isReboot(command: string, args: readonly string[]): boolean {
  return command === 'juju-reboot' && args.includes('--now');
}

// By the agent, and after it had got the command.
function wasClosed({ failure }: AgentConnection, error: unknown): boolean {
  return failure === error && failure?.code === 'agent-closed';
}
