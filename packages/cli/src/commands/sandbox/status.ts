// `charmed sandbox status`.

import { statusTable } from '@charmed/sandbox';
import { Command, Option } from 'commander';
import { examples } from '../../output/help.ts';
import { formatOption } from '../../output/output.ts';
import { ask } from './connection.ts';

interface Options {
  readonly format: string;
  readonly relations?: boolean;
  /** Juju takes either name. */
  readonly integrations?: boolean;
}

export function statusCommand(): Command {
  return new Command('status')
    .description('show applications, units and machines')
    .addOption(formatOption(['tabular', 'json']))
    .option('--relations', 'show integrations in the table too')
    .addOption(new Option('--integrations').hideHelp())
    .addHelpText(
      'after',
      examples({
        'charmed sandbox status': 'as a table',
        'charmed sandbox status --relations': 'with the relations',
        'charmed sandbox status --format json': 'as `juju status` prints it for programs',
      }),
    )
    .action(async ({ format, relations, integrations }: Options, command: Command) => {
      const status = await ask(command, 'status', null);
      const isShown = relations === true || integrations === true;
      process.stdout.write(
        format === 'json' ? `${JSON.stringify(status)}\n` : statusTable(status, { relations: isShown }),
      );
      if (Object.keys(status.applications).length === 0) console.error(`\nModel "${status.model.name}" is empty.`);
    });
}
