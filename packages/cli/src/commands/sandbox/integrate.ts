// `charmed sandbox integrate` and `remove-relation`.

import { Command } from 'commander';
import { ask } from './connection.ts';

export function integrateCommand(): Command {
  return new Command('integrate')
    .alias('relate')
    .description('relate two applications; endpoints may be left out when they are unambiguous')
    .argument('<application[:endpoint]>')
    .argument('<application[:endpoint]>')
    .action(async (first: string, second: string, _options: unknown, command: Command) => {
      const { relation } = await ask(command, 'integrate', { endpoints: [first, second] });
      console.log(`Integrated ${relation}`);
    });
}

export function removeRelationCommand(): Command {
  return new Command('remove-relation')
    .description('remove the relation of two applications')
    .argument('<application[:endpoint]>')
    .argument('<application[:endpoint]>')
    .action(async (first: string, second: string, _options: unknown, command: Command) => {
      await ask(command, 'remove-relation', { endpoints: [first, second] });
    });
}
