// `charmed sandbox`: Juju on a laptop, with the verbs of the juju command.

import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { configCommand } from './config.ts';
import { debugLogCommand } from './debug-log.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { integrateCommand, removeRelationCommand } from './integrate.ts';
import { refreshCommand } from './refresh.ts';
import { resolvedCommand } from './resolved.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { addUnitCommand, removeApplicationCommand, removeUnitCommand } from './units.ts';
import { waitCommand } from './wait.ts';

export function sandboxCommand(): Command {
  const sandbox = new Command('sandbox')
    .description('run packed charms on this machine, as Juju would')
    .option('-m, --model <name>', 'which sandbox', 'sandbox')
    .addHelpText(
      'after',
      examples({
        'charmed sandbox deploy ./web_amd64.charm': 'the first one starts the sandbox',
        'charmed sandbox status': 'what is there',
        'charmed sandbox destroy': 'end all that runs, and leave nothing behind',
      }),
    );
  const commands = [
    deployCommand(),
    refreshCommand(),
    integrateCommand(),
    configCommand(),
    runCommand(),
    resolvedCommand(),
    statusCommand(),
    waitCommand(),
    debugLogCommand(),
    addUnitCommand(),
    removeUnitCommand(),
    removeRelationCommand(),
    removeApplicationCommand(),
    destroyCommand(),
  ];
  for (const command of commands) sandbox.addCommand(command);
  return sandbox;
}
