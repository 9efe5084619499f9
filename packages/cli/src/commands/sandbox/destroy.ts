// `charmed sandbox destroy`: ends everything and leaves nothing.

import { destroySandbox } from '@charmed/sandbox';
import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { outputOf } from '../../output/output.ts';
import { sandboxOf } from './connection.ts';

export function destroyCommand(): Command {
  return new Command('destroy')
    .description('stop all units, workloads and the controller, and remove their files')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox destroy': 'the one that commands use without --model',
        'charmed sandbox destroy -m second': 'another one',
      }),
    )
    .action(async (_options: unknown, command: Command) => {
      const { name, directories } = sandboxOf(command);
      const output = outputOf(command);
      const existed = await output.progress('Destroying', async () => await destroySandbox(directories));
      output.note(existed ? `Destroyed the sandbox "${name}"` : `There is no sandbox "${name}"`);
    });
}
