// What the help of all commands has in common.

import { styleText } from 'node:util';
import type { Command, HelpConfiguration } from 'commander';
import { usageErrorOf } from './usage.ts';

/** The examples of a command, as `addHelpText` takes them: what to type, and what it does. Each command has two or more; a test sees to it. */
export function examples(lines: Readonly<Record<string, string>>): string {
  const told = Object.entries(lines).map(([typed, what]) => `  # ${what}\n  ${typed}`);
  return ['', 'Examples:', ...told].join('\n');
}

const STYLE: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => [command.name(), ...command.aliases()].join(', '),
  styleTitle: (title) => styleText('bold', title, { validateStream: false }), // commander leaves colours out where they do not belong
};

/** Gives a command and all below it what each command does alike. Errors are thrown; `report.ts` tells them. */
export function equip(command: Command): Command {
  command
    .configureHelp(STYLE)
    .exitOverride((error) => {
      throw usageErrorOf(command, error);
    })
    .configureOutput({ outputError: () => undefined });
  for (const each of command.commands) equip(each);
  return command;
}
