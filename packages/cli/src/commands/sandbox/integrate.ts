// `charmed sandbox integrate` and `remove-relation`.

import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { outputOf } from '../../output/output.ts';
import { ask } from './connection.ts';

export function integrateCommand(): Command {
  return new Command('integrate')
    .alias('relate')
    .description('relate two applications; endpoints may be left out when they are unambiguous')
    .argument('<application[:endpoint]>')
    .argument('<application[:endpoint]>')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox integrate web db': 'by the only endpoints that fit',
        'charmed sandbox integrate web:database db:sql': 'by named endpoints',
      }),
    )
    .action(async (first: string, second: string, _options: unknown, command: Command) => {
      const { relation } = await ask(command, 'integrate', { endpoints: [first, second] });
      outputOf(command).note(`Integrated ${relation}`);
    });
}

export function removeRelationCommand(): Command {
  return new Command('remove-relation')
    .description('remove the relation of two applications')
    .argument('<application[:endpoint]>')
    .argument('<application[:endpoint]>')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox remove-relation web db': 'the only one of the two',
        'charmed sandbox remove-relation web:database db:sql': 'one of several',
      }),
    )
    .action(async (first: string, second: string, _options: unknown, command: Command) => {
      await ask(command, 'remove-relation', { endpoints: [first, second] });
    });
}
