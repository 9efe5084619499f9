// `charmed sandbox status`.

import { statusTable } from '@charmed/sandbox';
import { Command, Option } from 'commander';
import { ask } from './connection.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('show applications, units and integrations')
    .addOption(new Option('--format <format>', 'how to print it').choices(['tabular', 'json']).default('tabular'))
    .action(async (options: { format: string }, command: Command) => {
      const status = await ask(command, 'status', null);
      process.stdout.write(options.format === 'json' ? `${JSON.stringify(status)}\n` : statusTable(status));
    });
}
