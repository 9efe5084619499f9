// `charmed sandbox add-unit`, `remove-unit` and `remove-application`.

import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { outputOf } from '../../output/output.ts';
import { ask } from './connection.ts';
import { positiveInteger } from './numbers.ts';

export function addUnitCommand(): Command {
  return new Command('add-unit')
    .description('add units to an application')
    .argument('<application>')
    .option('-n, --num-units <count>', 'number of units to add', positiveInteger, 1)
    .addHelpText(
      'after',
      examples({
        'charmed sandbox add-unit web': 'one more',
        'charmed sandbox add-unit web -n 3': 'three more',
      }),
    )
    .action(async (application: string, options: { numUnits: number }, command: Command) => {
      const { units } = await ask(command, 'add-unit', { application, count: options.numUnits });
      outputOf(command).note(`Added ${units.join(', ')}`);
    });
}

export function removeUnitCommand(): Command {
  return new Command('remove-unit')
    .description('remove units, each after the hooks of its teardown')
    .argument('<unit...>', 'such as web/0')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox remove-unit web/1': 'one of them',
        'charmed sandbox remove-unit web/1 web/2': 'two',
      }),
    )
    .action(async (units: readonly string[], _options: unknown, command: Command) => {
      await ask(command, 'remove-unit', { units });
      outputOf(command).note(`Removing ${units.join(', ')}`);
    });
}

export function removeApplicationCommand(): Command {
  return new Command('remove-application')
    .description('remove applications with their relations and units')
    .argument('<application...>')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox remove-application web': 'one, with its relations and units',
        'charmed sandbox remove-application web db': 'two',
      }),
    )
    .action(async (applications: readonly string[], _options: unknown, command: Command) => {
      await ask(command, 'remove-application', { applications });
      outputOf(command).note(`Removing ${applications.join(', ')}`);
    });
}
