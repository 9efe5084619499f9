// `charmed migrate`: a Python charm's project to one in TypeScript, beside it.

import { relative } from 'node:path';
import { Command } from 'commander';
import { migrate, type Migrated } from '../migrate/migrate.ts';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';

interface Options {
  readonly output?: string;
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('make the TypeScript project of a Python charm beside it, with a list of what to port by hand')
    .argument('[dir]', 'folder of the Python charm', '.')
    .option(
      '-o, --output <dir>',
      'where the project goes; by default beside that of the charm, with -ts behind its name',
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed migrate my-charm': 'makes my-charm-ts; nothing is changed in my-charm',
        'charmed migrate --output ../my-charm-node': 'of the charm in this folder, into another',
      }),
    )
    .action(async (folder: string, { output }: Options, command: Command) => {
      const migrated = await migrate(folder, output === undefined ? {} : { output });
      outputOf(command).result(migrated, textOf);
    });
}

function textOf({ name, directory, observations, unread, files }: Migrated): readonly string[] {
  const folder = relative('.', directory);
  const handlers = new Set(observations.map(({ handler }) => handler)).size;
  return [
    `Made the project of ${name} in ${folder}: ${files.length} files.`,
    `It observes ${observations.length} events with ${handlers} handlers, which throw until they are ported.`,
    ...(unread === 0 ? [] : [`Of ${unread} observations it could not tell what they observe.`]),
    'PORTING.md lists what to do.',
    '',
    'Next:',
    `  cd ${folder}`,
    '  npm install',
    '  npm test',
  ];
}
