// `charmed node`: the Node that charms carry, for what a project runs itself. `bin.ts` runs it before any option is looked at: all that
// follows is for Node.

import { Command } from 'commander';
import { interruptible } from '../interrupt.ts';
import { runNode } from '../node-24.ts';
import { examples } from '../output/help.ts';

export function nodeCommand(): Command {
  return new Command('node')
    .description('run Node 24: the one that packed charms carry, which is installed with this command')
    .argument('[args...]', 'what Node is given')
    .allowUnknownOption()
    .addHelpText(
      'after',
      examples({
        'charmed node --test': 'run the tests of this folder',
        'charmed node --run build': 'run a script of package.json',
      }),
    )
    .action(async (args: readonly string[]) => {
      process.exitCode = await interruptible(async () => await runNode(args));
    });
}
