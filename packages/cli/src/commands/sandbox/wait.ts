// `charmed sandbox wait`: until applications are active.

import type { SandboxStatus } from '@charmed/sandbox';
import { Command } from 'commander';
import { CliError } from '../../errors.ts';
import { examples } from '../../output/help.ts';
import { outputOf } from '../../output/output.ts';
import { ask } from './connection.ts';
import { positiveNumber } from './numbers.ts';

export function waitCommand(): Command {
  return new Command('wait')
    .description('wait until applications are active and their agents idle; all of them by default')
    .argument('[application...]')
    .option('--timeout <seconds>', 'give up after this time', positiveNumber, 300)
    .addHelpText(
      'after',
      examples({
        'charmed sandbox wait': 'for everything that is deployed',
        'charmed sandbox wait web db --timeout 60': 'for two applications, a minute at most',
      }),
    )
    .action(wait);
}

async function wait(applications: readonly string[], options: { timeout: number }, command: Command): Promise<void> {
  const params = { applications, timeoutMs: options.timeout * 1000 };
  const { ready, reasons } = await outputOf(command).progress('waiting', async (say) => {
    return await ask(command, 'wait', params, { onEvent: (status) => say(progress(status)) });
  });
  if (ready) return;
  const still = reasons.length > 0 ? reasons.join('\n') : 'there is nothing deployed';
  throw new CliError('not-active', `not active after ${options.timeout} s:\n${still}`);
}

function progress({ applications }: SandboxStatus): string {
  const units = Object.values(applications).flatMap(({ units: each }) => Object.entries(each));
  return units
    .map(([name, unit]) => `${name} ${unit['juju-status'].message ?? unit['workload-status'].current}`)
    .join(', ');
}
