// The port through which every hook command leaves the charm. `io/` implements it for a real unit, tests and sandbox in memory.

import type { HookRunnerError } from './errors.ts';

/** What a hook command answered. A non-zero `code` is an answer like any other: callers decide what it means. */
export interface HookCommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs hook commands, one at a time and in call order.
 *
 * `run` rejects with a {@link HookRunnerError} when there is no answer at all: the command does not exist, the agent went away, or the
 * time limit passed. A command that may have run is never repeated, and after a fault no other is sent.
 */
export interface HookRunner {
  run(command: string, args: readonly string[], options?: HookCommandOptions): Promise<HookCommandResult>;
  /**
   * Writes what must not be lost when the process is about to end and nothing asynchronous can run any more. Returns whether it
   * succeeded.
   */
  runSync?(command: string, args: readonly string[]): boolean;
  /** Why no further command is sent, if so. The dispatch then fails. */
  readonly fault?: HookRunnerError | undefined;
  /** Releases the connection, if there is one. The agent waits for it before it ends the hook. */
  close(): Promise<void>;
}

export interface HookCommandOptions {
  /** Standard input of the command. Without it the command gets none. */
  readonly stdin?: string | undefined;
  /**
   * Confidential contents. Each is written to a file of its own that no other user can read, handed to the command as
   * `name#file=/path/of/it`, and removed when the command has answered.
   */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** Gives up after this many milliseconds. Default: the runner's own limit. `Infinity` waits for ever. */
  readonly timeoutMs?: number | undefined;
  /** Called when the command's turn has come: from then on it reaches Juju even if this process ends. */
  readonly onStart?: (() => void) | undefined;
}
