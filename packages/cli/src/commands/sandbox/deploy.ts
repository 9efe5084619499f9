// `charmed sandbox deploy`: the first one starts the sandbox.

import { resolve } from 'node:path';
import { destroySandbox, SandboxError, startSandbox } from '@charmed/sandbox';
import { Command } from 'commander';
import { interruptible } from '../../interrupt.ts';
import { examples } from '../../output/help.ts';
import { outputOf, type Output } from '../../output/output.ts';
import { ask, sandboxOf } from './connection.ts';
import { collectKeyValue } from './key-values.ts';
import { positiveInteger, positiveNumber } from './numbers.ts';

const CONTAINERS_NOTE =
  'Its containers are plain directories here: they share files, processes and network with this machine.';

interface Options {
  readonly config?: Record<string, string>;
  readonly numUnits: number;
  readonly resource?: Record<string, string>;
  readonly retryDelay?: number;
}

export function deployCommand(): Command {
  return new Command('deploy')
    .description('deploy a packed charm; starts the sandbox if it is not running')
    .argument('<charm>', 'path of a .charm file')
    .argument('[name]', 'of the application, by default that of the charm')
    .option('--config <key=value>', 'set an option of the charm (repeatable)', collectKeyValue)
    .option('-n, --num-units <count>', 'number of units', positiveInteger, 1)
    .option('--resource <name=path>', 'give a file for a resource of the charm (repeatable)', collectKeyValue)
    .option(
      '--retry-delay <seconds>',
      'first delay before failed hooks of this sandbox run again (default: 5)',
      positiveNumber,
    )
    .addHelpText(
      'after',
      examples({
        'charmed sandbox deploy ./web_amd64.charm': 'one unit, named as the charm',
        'charmed sandbox deploy ./web_amd64.charm blog -n 2 --config port=8081': 'two units of another name',
      }),
    )
    .action(deploy);
}

async function deploy(charm: string, name: string | undefined, options: Options, command: Command): Promise<void> {
  const resources = Object.entries(options.resource ?? {});
  const params = {
    charm: resolve(charm),
    name,
    config: options.config ?? {},
    units: options.numUnits,
    resources: Object.fromEntries(resources.map(([resource, path]) => [resource, resolve(path)])),
    retryDelayMs: options.retryDelay === undefined ? undefined : options.retryDelay * 1000,
  };
  const output = outputOf(command);
  const { application, kubernetes } = await interruptible(async (signal) => {
    return await inSandbox(command, output, signal, async () => {
      return await output.progress(`Reading ${charm}`, async () => await ask(command, 'deploy', params, { signal }));
    });
  });
  output.note(`Deploying "${application}" from ${charm}`);
  if (kubernetes) output.note(CONTAINERS_NOTE);
}

// A sandbox that was started for nothing is not kept.
async function inSandbox<T>(command: Command, output: Output, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { name, directories } = sandboxOf(command);
  const isNew = await output.progress(
    'Starting the sandbox',
    async () => await startSandbox(name, directories, signal),
  );
  try {
    return await work();
  } catch (error) {
    const isRefused = !(error instanceof SandboxError && error.code === 'controller-gone');
    if (isNew && isRefused) await destroySandbox(directories);
    throw error;
  }
}
