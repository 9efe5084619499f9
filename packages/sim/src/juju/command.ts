// What a hook command is made of.

import type { FlagKinds, GivenFlags } from './arguments.ts';
import type { HookContext } from './hook-context.ts';

export interface CommandCall {
  readonly context: HookContext;
  readonly flags: GivenFlags;
  readonly args: readonly string[];
  /** Reads `--file`: a path, or `-` for stdin. */
  readonly readFile: (path: string) => string;
}

export interface HookCommand {
  readonly name: string;
  readonly flags?: FlagKinds;
  /** Whether it takes `--format` and prints what `run` returns. */
  readonly prints?: boolean;
  /** Returns what is printed; `undefined` is nothing, or `null` in JSON. */
  readonly run: (call: CommandCall) => unknown;
}
