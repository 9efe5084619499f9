// What a hook command is made of.

import type { FlagKinds, GivenFlags } from './arguments.ts';
import type { Format } from './format.ts';
import type { HookContext } from './hook-context.ts';

export interface CommandCall {
  readonly context: HookContext;
  readonly flags: GivenFlags;
  readonly args: readonly string[];
  /** How what `run` returns will be printed. Go prints a few values differently in each. */
  readonly format: Format;
  /** Reads `--file`: a path, or `-` for stdin. @throws HookContextError */
  readonly readFile: (path: string) => Buffer;
}

export interface HookCommand {
  readonly name: string;
  readonly flags?: FlagKinds;
  /**
   * Whether it takes `--format` and `--output`, and the format that it prints in by default: one that prints YAML by default knows no
   * `smart` format. Without this, it prints the text that `run` returns, as it is.
   */
  readonly prints?: 'smart' | 'yaml';
  /** Takes `--format` for old charms, and complains about it on stderr. */
  readonly formatIsDeprecated?: boolean;
  /** Returns what is printed; `undefined` is nothing, or `null` in JSON. */
  readonly run: (call: CommandCall) => unknown;
}
