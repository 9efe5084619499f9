// `charmed sandbox destroy`: ends everything and leaves nothing.

import { destroySandbox } from '@charmed/sandbox';
import { Command } from 'commander';
import { sandboxOf } from './connection.ts';
import { withProgress } from './progress.ts';

export function destroyCommand(): Command {
  return new Command('destroy')
    .description('stop all units, workloads and the controller, and remove their files')
    .action(async (_options: unknown, command: Command) => {
      const { name, directories } = sandboxOf(command);
      const existed = await withProgress('Destroying', async () => await destroySandbox(directories));
      console.log(existed ? `Destroyed the sandbox "${name}"` : `There is no sandbox "${name}"`);
    });
}
