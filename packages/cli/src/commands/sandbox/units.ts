// `charmed sandbox add-unit`, `remove-unit` and `remove-application`.

import { Command } from 'commander';
import { ask } from './connection.ts';
import { positiveInteger } from './numbers.ts';

export function addUnitCommand(): Command {
  return new Command('add-unit')
    .description('add units to an application')
    .argument('<application>')
    .option('-n, --num-units <count>', 'number of units to add', positiveInteger, 1)
    .action(async (application: string, options: { numUnits: number }, command: Command) => {
      const { units } = await ask(command, 'add-unit', { application, count: options.numUnits });
      console.log(`Added ${units.join(', ')}`);
    });
}

export function removeUnitCommand(): Command {
  return new Command('remove-unit')
    .description('remove units, each after the hooks of its teardown')
    .argument('<unit...>', 'such as web/0')
    .action(async (units: readonly string[], _options: unknown, command: Command) => {
      await ask(command, 'remove-unit', { units });
      console.log(`Removing ${units.join(', ')}`);
    });
}

export function removeApplicationCommand(): Command {
  return new Command('remove-application')
    .description('remove applications with their relations and units')
    .argument('<application...>')
    .action(async (applications: readonly string[], _options: unknown, command: Command) => {
      await ask(command, 'remove-application', { applications });
      console.log(`Removing ${applications.join(', ')}`);
    });
}
