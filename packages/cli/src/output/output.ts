// What a command has to say, as the user wants it: results on stdout; everything else is for people, and on stderr unless it is text
// that ends the command.

import { Option, type Command } from 'commander';
import { showProgress, tellSteps, type Say } from './progress.ts';

export interface OutputOptions {
  /** Only results and errors. */
  readonly quiet?: boolean;
  /** Steps with their times, and the stacks of errors. */
  readonly verbose?: boolean;
  readonly format?: string;
}

/**
 * For commands that print data. JSON is for programs: one value on stdout, and errors as one on stderr.
 *
 * @param formats the first is the default.
 */
export function formatOption(formats: readonly [string, ...string[]] = ['text', 'json']): Option {
  return new Option('--format <format>', 'how to print').choices(formats).default(formats[0]);
}

/** Of the command whose action runs. `--quiet`, `--verbose` may stand before or behind its name. */
export function outputOf(command: Command): Output {
  return new Output(command.optsWithGlobals<OutputOptions>());
}

export class Output {
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly isJson: boolean;

  constructor({ quiet = false, verbose = false, format }: OutputOptions = {}) {
    this.isJson = format === 'json';
    this.isQuiet = quiet;
    this.isVerbose = verbose;
  }

  /** Whether a person is there, who sees questions and can answer them. */
  get isInteractive(): boolean {
    return process.stdin.isTTY && process.stderr.isTTY && !this.isQuiet && !this.isJson;
  }

  /** What was asked for. @param text its lines for people; none prints nothing. */
  result<T>(value: T, text: (value: T) => readonly string[]): void {
    if (this.isJson) console.log(JSON.stringify(value, undefined, 2));
    else for (const line of text(value)) console.log(line);
  }

  /** What was done, for a person who wants to know. */
  note(text: string): void {
    if (!this.isQuiet && !this.isJson) console.log(text);
  }

  /** What was done on the way, for who looks for what is wrong. */
  detail(text: string): void {
    if (this.isVerbose) console.error(text);
  }

  /** What is not as it should be, but does not keep the command from its work. */
  warn(text: string): void {
    console.error(`charmed: warning: ${text}`);
  }

  /**
   * Shows that something takes its time: with a spinner on a terminal, with a line for each step under `--verbose`, else not at all.
   *
   * @param work is given a function that tells the step which begins.
   */
  async progress<T>(text: string, work: (say: Say) => Promise<T>): Promise<T> {
    if (this.isVerbose) return await tellSteps(text, work);
    // A terminal that was never told its width, as in some CI, has 0: a spinner would fill it with lines.
    const hasRoom = process.stderr.isTTY && process.stderr.columns > 0;
    if (hasRoom && !this.isQuiet && !this.isJson) return await showProgress(text, work);
    return await work(() => undefined);
  }
}
