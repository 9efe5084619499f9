// `charmed sandbox resolved`: runs failed hooks again without waiting for their retry.

import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { ask } from './connection.ts';

export function resolvedCommand(): Command {
  return new Command('resolved')
    .description('run the failed hook of a unit again now')
    .argument('<unit...>', 'such as web/0')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox resolved web/0': 'one unit',
        'charmed sandbox resolved web/0 web/1': 'two',
      }),
    )
    .action(async (units: readonly string[], _options: unknown, command: Command) => {
      await ask(command, 'resolved', { units });
    });
}
