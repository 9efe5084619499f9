// Whether command lines, as help and documentation show them, are understood.

import type { Command } from 'commander';
import { wholeProgram } from '../src/program.ts';

/** Nothing is done. @param line as one types it, without quotes inside of words. @throws UsageError. */
export async function parsed(line: string): Promise<void> {
  const charmed = await wholeProgram();
  for (const command of commandsBelow(charmed)) {
    command.configureOutput({ writeOut: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
  }
  const [, ...words] = wordsOf(line);
  await charmed.parseAsync(words, { from: 'user' }).catch((error: { readonly exitCode?: number }) => {
    if (error.exitCode !== 0) throw error; // it was help
  });
}

export function commandsBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsBelow)];
}

function wordsOf(line: string): readonly string[] {
  const command = line.replace(/ (#|>|\||&&).*/, '');
  return [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/['"]/g, ''));
}
