// A hook runner for tests: answers from a table and remembers what it was asked.

import type { HookCommandOptions, HookCommandResult, HookRunner } from '../src/hookcmds/runner.ts';

export type Answer = string | Partial<HookCommandResult>;

export interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly stdin: string | undefined;
  readonly files: Readonly<Record<string, string>> | undefined;
}

export class ScriptedRunner implements HookRunner {
  readonly calls: Call[] = [];
  readonly #answers: Readonly<Record<string, Answer>>;

  /** @param answers by command line, or by command alone; what has no answer succeeds silently. */
  constructor(answers: Readonly<Record<string, Answer>> = {}) {
    this.#answers = answers;
  }

  /** The command lines so far, without those of juju-log. */
  get lines(): readonly string[] {
    return this.calls
      .filter((call) => call.command !== 'juju-log')
      .map((call) => [call.command, ...call.args].join(' ') + (call.stdin === undefined ? '' : ` < ${call.stdin}`));
  }

  async run(command: string, args: readonly string[], options: HookCommandOptions = {}): Promise<HookCommandResult> {
    this.calls.push({ command, args, stdin: options.stdin, files: options.files });
    const answer = this.#answers[[command, ...args].join(' ')] ?? this.#answers[command] ?? '';
    return { code: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
  }

  async close(): Promise<void> {}
}
