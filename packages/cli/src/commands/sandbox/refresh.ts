// `charmed sandbox refresh`: replaces the charm of an application.

import { resolve } from 'node:path';
import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { outputOf } from '../../output/output.ts';
import { ask } from './connection.ts';

export function refreshCommand(): Command {
  return new Command('refresh')
    .description('replace the charm of an application by another build')
    .argument('<application>')
    .argument('<charm>', 'path of a .charm file')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox refresh web ./web_amd64.charm': 'to a new build',
        'charmed sandbox refresh web ./web_amd64.charm -m second': 'in another sandbox',
      }),
    )
    .action(async (application: string, charm: string, _options: unknown, command: Command) => {
      await ask(command, 'refresh', { application, charm: resolve(charm) });
      outputOf(command).note(`Refreshing "${application}" from ${charm}`);
    });
}
