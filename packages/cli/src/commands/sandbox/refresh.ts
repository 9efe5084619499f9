// `charmed sandbox refresh`: replaces the charm of an application.

import { resolve } from 'node:path';
import { Command } from 'commander';
import { ask } from './connection.ts';

export function refreshCommand(): Command {
  return new Command('refresh')
    .description('replace the charm of an application by another build')
    .argument('<application>')
    .argument('<charm>', 'path of a .charm file')
    .action(async (application: string, charm: string, _options: unknown, command: Command) => {
      await ask(command, 'refresh', { application, charm: resolve(charm) });
      console.log(`Refreshing "${application}" from ${charm}`);
    });
}
