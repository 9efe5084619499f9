// `charmed register`: claims the charm's name on Charmhub.

import { Command } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { examples } from '../output/help.ts';
import { outputOf } from '../output/output.ts';
import { registerName } from '../programs/charmcraft.ts';

export function registerCommand(): Command {
  return new Command('register')
    .description("register the charm's name on Charmhub, once, with your charmcraft")
    .argument('[dir]', 'folder of the charm', '.')
    .addHelpText(
      'after',
      examples({
        'charmed register': 'the name of the charm in this folder',
        'charmed register my-charm --verbose': 'and show what is run',
      }),
    )
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { name } = await readCharmcraft(directory);
      const output = outputOf(command);
      await registerName(name, output);
      output.note(`registered ${name}`);
    });
}
