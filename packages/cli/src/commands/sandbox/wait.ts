// `charmed sandbox wait`: until applications are active.

import { SandboxError, type SandboxStatus } from '@charmed/sandbox';
import { Command } from 'commander';
import ora from 'ora';
import { ask } from './connection.ts';
import { positiveNumber } from './numbers.ts';

export function waitCommand(): Command {
  return new Command('wait')
    .description('wait until applications are active and their agents idle; all of them by default')
    .argument('[application...]')
    .option('--timeout <seconds>', 'give up after this time', positiveNumber, 300)
    .action(wait);
}

async function wait(applications: readonly string[], options: { timeout: number }, command: Command): Promise<void> {
  const spinner = ora({ text: 'Waiting', discardStdin: false, isSilent: !process.stderr.isTTY }).start();
  try {
    const params = { applications, timeoutMs: options.timeout * 1000 };
    const { ready, reasons } = await ask(command, 'wait', params, {
      onEvent: (status) => void (spinner.text = progress(status)),
    });
    if (ready) return;
    const still = reasons.length > 0 ? reasons.join('\n') : 'there is nothing deployed';
    throw new SandboxError('not-active', `not active after ${options.timeout} s:\n${still}`);
  } finally {
    spinner.stop();
  }
}

function progress({ applications }: SandboxStatus): string {
  const units = Object.values(applications).flatMap(({ units: each }) => Object.entries(each));
  return units
    .map(([name, unit]) => `${name} ${unit['juju-status'].message ?? unit['workload-status'].current}`)
    .join(', ');
}
