// Command lines that cannot be understood.

import type { Command, CommanderError } from 'commander';
import { CliError } from '../errors.ts';

/** Nothing was begun. */
export class UsageError extends CliError {
  constructor(command: Command, message: string, options?: ErrorOptions) {
    super('usage', `${message} See: ${fullNameOf(command)} --help`, options);
  }
}

/** Such as `charmed sandbox deploy`. */
export function fullNameOf(command: Command): string {
  return command.parent ? `${fullNameOf(command.parent)} ${command.name()}` : command.name();
}

/** What commander throws in place of ending the process. Help and the version come this way too, and are printed by then. */
export function usageErrorOf(command: Command, error: CommanderError): Error {
  if (error.exitCode === 0 || error.code === 'commander.help') return error;
  return new UsageError(command, sentences(error.message), { cause: error });
}

/** @param message such as `error: unknown command 'pak'`, a new line, and `(Did you mean pack?)`. */
function sentences(message: string): string {
  const [what = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const told = /[.?!]$/.test(what) ? what : `${what}.`;
  return suggestion ? `${told} ${suggestion.replace(/^\((.*)\)$/, '$1')}` : told;
}
