// Hook commands over the unit agent's socket: what each executable on PATH does, without a process.

import { resolve } from 'node:path';
import { HookRunnerError } from '../../hookcmds/errors.ts';
import type { HookCommandOptions, HookCommandResult, HookRunner } from '../../hookcmds/runner.ts';
import { timeoutOf } from '../timeout.ts';
import { AgentConnection } from './connection.ts';
import type { GobRecord } from './gob/types.ts';
import { bytesOf, numberOf } from './rpc.ts';

export interface AgentSocketOptions {
  /** Path of the socket, or `@name`. */
  readonly address: string;
  readonly contextId: string;
  readonly token?: string | undefined;
  /** What file arguments are relative to. */
  readonly dir: string;
  /** Default: five minutes, and no limit for resource-get. */
  readonly timeoutMs?: number;
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
    async run(command: string, args: readonly string[], { stdin, timeoutMs }: HookCommandOptions = {}) {
      const input = stdin === undefined ? undefined : Buffer.from(stdin);
      const limit = timeoutOf(command, timeoutMs ?? options.timeoutMs);
      try {
        return resultFrom(await agent.call({ contextId, token, dir, command, args, stdin: input }, limit));
      } catch (error) {
        if (isReboot(command, args) && error instanceof HookRunnerError && error.code === 'agent-closed') return DONE;
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

function resultFrom(answer: GobRecord): HookCommandResult {
  const text = (field: string) => Buffer.from(bytesOf(answer[field])).toString();
  return { code: numberOf(answer.Code), stdout: text('Stdout'), stderr: text('Stderr') };
}
