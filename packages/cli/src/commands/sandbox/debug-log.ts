// `charmed sandbox debug-log`: the log of charms and agents, in the format of `juju debug-log`.

import type { LogLine } from '@charmed/sandbox';
import { Command } from 'commander';
import { examples } from '../../output/help.ts';
import { formatOption, outputOf } from '../../output/output.ts';
import { ask } from './connection.ts';
import { positiveInteger } from './numbers.ts';

interface Options {
  readonly limit: number;
  readonly tail?: boolean;
  readonly include?: readonly string[];
}

export function debugLogCommand(): Command {
  return new Command('debug-log')
    .description('show the log')
    .option('-n, --limit <lines>', 'show the last lines only', positiveInteger, 1000)
    .option('--tail', 'go on with new lines until interrupted')
    .option('-i, --include <unit...>', 'only lines of these, such as web/0, unit-web-0, controller')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed sandbox debug-log -n 50': 'the last 50 lines',
        'charmed sandbox debug-log --tail -i web/0': 'what one unit logs, as it does',
        'charmed sandbox debug-log --format json': 'an object for each line, for a program',
      }),
    )
    .action(async ({ limit, tail, include }: Options, command: Command) => {
      const { isJson } = outputOf(command);
      const params = { limit, follow: tail === true, units: include ?? [] };
      await ask(command, 'log', params, {
        onEvent: (line) => console.log(isJson ? JSON.stringify(line) : logText(line)),
      });
    });
}

function logText({ at, entity, module, level, message }: LogLine): string {
  return `${entity}: ${at.slice(11, 19)} ${level} ${module} ${message}`;
}
