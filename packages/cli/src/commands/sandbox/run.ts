// `charmed sandbox run`: runs an action and prints its results as `juju run` does.

import { Command } from 'commander';
import { stringify } from 'yaml';
import { CliError } from '../../errors.ts';
import { examples } from '../../output/help.ts';
import { formatOption } from '../../output/output.ts';
import { ask } from './connection.ts';
import { actionParameters } from './key-values.ts';

export function runCommand(): Command {
  return new Command('run')
    .description('run an action on a unit and wait for its results')
    .argument('<unit>', 'such as web/0')
    .argument('<action>')
    .argument('[key=value...]', 'parameters; values are YAML')
    .addOption(formatOption(['plain', 'yaml', 'json']))
    .addHelpText(
      'after',
      examples({
        'charmed sandbox run web/0 backup': 'without parameters',
        'charmed sandbox run web/0 backup compress=true target.path=/tmp': 'with parameters, one of them nested',
        'charmed sandbox run web/0 backup --format json': 'for a program',
      }),
    )
    .action(run);
}

async function run(
  unit: string,
  action: string,
  args: readonly string[],
  options: { format: string },
  command: Command,
): Promise<void> {
  const plain = options.format === 'plain';
  const task = await ask(
    command,
    'run',
    { unit, action, params: actionParameters(args) },
    {
      onEvent: (event) => {
        if (event.kind === 'log') console.error(`${event.at.slice(11, 19)} ${event.message}`);
        else
          console.error(
            `Running operation ${event.operation} with 1 task\n  - task ${event.task} on unit-${unit.replace('/', '-')}\n`,
          );
      },
    },
  );
  const full = { id: task.id, results: task.results, status: task.status, message: task.message || undefined, unit };
  if (plain) printPlain(task.results);
  else
    console.log(options.format === 'json' ? JSON.stringify({ [unit]: full }) : stringify({ [unit]: full }).trimEnd());
  if (task.status !== 'completed') {
    throw new CliError('action-failed', `Action id ${task.id} failed: ${task.message || task.status}`);
  }
}

// juju/juju cmd/juju/action/common.go leaves the return code and, in results of actions, nothing else out.
function printPlain({ 'return-code': _, ...results }: Readonly<Record<string, unknown>>): void {
  if (Object.keys(results).length > 0) console.log(stringify(results).trimEnd());
}
