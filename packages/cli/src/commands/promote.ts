// `charmed promote`: what is on one channel, resources included, to another.

import { Command } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { examples } from '../output/help.ts';
import { outputOf } from '../output/output.ts';
import { promoteChannel } from '../programs/charmcraft.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly yes?: boolean;
}

export function promoteCommand(): Command {
  return new Command('promote')
    .description(
      'release what is on one channel of Charmhub, resources included, to another one with your charmcraft, which asks first',
    )
    .argument('[dir]', 'folder of the charm', '.')
    .requiredOption('--from <channel>', 'such as candidate')
    .requiredOption('--to <channel>', 'such as stable')
    .option('-y, --yes', 'do not ask; channels then need their track, as in latest/stable')
    .addHelpText(
      'after',
      examples({
        'charmed promote --from candidate --to stable': 'after a question',
        'charmed promote --from latest/edge --to latest/beta --yes': 'in CI',
      }),
    )
    .action(async (directory: string, { from, to, yes = false }: Options, command: Command) => {
      const { name } = await readCharmcraft(directory);
      const output = outputOf(command);
      if (!yes && !output.isInteractive) {
        throw new CliError('no-terminal', 'cannot promote: nobody is there to be asked. Add --yes');
      }
      await promoteChannel(name, from, to, yes, output);
      output.note(`promoted ${name} from ${from} to ${to}`);
    });
}
