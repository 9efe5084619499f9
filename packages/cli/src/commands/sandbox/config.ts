// `charmed sandbox config`: shows or changes the configuration of an application.

import type { ConfigOption } from '@charmed/sandbox';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { CliError } from '../../errors.ts';
import { examples } from '../../output/help.ts';
import { formatOption } from '../../output/output.ts';
import { ask } from './connection.ts';
import { keyValues } from './key-values.ts';

interface Options {
  readonly reset?: string;
  readonly format: string;
}

export function configCommand(): Command {
  return new Command('config')
    .description('show the configuration of an application, show one option, or set options')
    .argument('<application>')
    .argument('[key=value...]', 'options to set; a key alone shows its value')
    .option('--reset <keys>', 'options to set to their defaults, comma-separated')
    .addOption(formatOption(['yaml', 'json']))
    .addHelpText(
      'after',
      examples({
        'charmed sandbox config web': 'all options',
        'charmed sandbox config web port': 'the value of one',
        'charmed sandbox config web port=8081 debug=true': 'set two',
        'charmed sandbox config web --reset port': 'set one to its default',
      }),
    )
    .action(config);
}

async function config(application: string, args: readonly string[], options: Options, command: Command): Promise<void> {
  const resets = Object.fromEntries((options.reset?.split(',') ?? []).map((key) => [key.trim(), null]));
  const [only] = args;
  if (args.length > 1 || only?.includes('=') || options.reset !== undefined) {
    await ask(command, 'set-config', { application, change: { ...keyValues(args), ...resets } });
    return;
  }
  const { options: known } = await ask(command, 'config', { application });
  if (only === undefined) print({ application, settings: known }, options.format);
  else printOne(application, only, known);
}

function printOne(application: string, name: string, known: Readonly<Record<string, ConfigOption>>): void {
  const option = known[name];
  if (option === undefined) {
    const names = Object.keys(known).join(', ') || 'none';
    throw new CliError('unknown-option', `cannot show "${name}" of ${application}: its charm has the options ${names}`);
  }
  console.log(option.value ?? '');
}

function print(value: unknown, format: string): void {
  console.log(format === 'json' ? JSON.stringify(value, undefined, 2) : stringify(value).trimEnd());
}
