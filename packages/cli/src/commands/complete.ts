// `charmed complete`: what may stand at the end of a command line. The scripts of `charmed completion` ask it.

import { Command } from 'commander';
import { candidatesFor } from '../completion/candidates.ts';
import { valuesOf } from '../completion/values.ts';
import { examples } from '../output/help.ts';

/** @param program makes the commands, with those loaded that words name. */
export function completeCommand(program: (words: readonly string[]) => Promise<Command>): Command {
  return new Command('complete')
    .description(
      'print what may stand at the end of a command line, a line each; for the scripts of `charmed completion`',
    )
    .argument('[words...]', 'what was typed behind `charmed`; the last word is not finished')
    .addHelpText(
      'after',
      examples({
        'charmed complete -- pa': 'commands that begin so',
        'charmed complete -- pack --platform h': 'values of an option',
      }),
    )
    .action(async (words: readonly string[]) => {
      const candidates = await candidatesFor(await program(words), words, valuesOf);
      for (const { value, description } of candidates) console.log(`${value}\t${description}`);
    });
}
