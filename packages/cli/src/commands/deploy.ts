// `charmed deploy`: the charm into a model of the user's own controller.

import { Command } from 'commander';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { deploy } from '../publish/deploy.ts';
import { collect } from './options.ts';
import { collectKeyValue } from './sandbox/key-values.ts';
import { positiveInteger } from './sandbox/numbers.ts';

interface Options {
  readonly model?: string;
  readonly numUnits: number;
  readonly config?: Readonly<Record<string, string>>;
  readonly resource?: readonly string[];
  readonly trust?: boolean;
  readonly platform: string;
  readonly charm?: string;
}

export function deployCommand(): Command {
  return new Command('deploy')
    .description(
      'pack the charm and deploy it on your own controller with your juju, with the images that charmcraft.yaml names; refresh the application if it is there',
    )
    .argument('[dir]', 'folder of the charm', '.')
    .argument('[name]', 'of the application, by default that of the charm')
    .option('-m, --model <name>', 'of juju, by default its current one')
    .option('-n, --num-units <count>', 'number of units, of a new application', positiveInteger, 1)
    .option('--config <key=value>', 'set an option of the charm (repeatable)', collectKeyValue)
    .option('--resource <name=value>', 'name=image or name=path (repeatable)', collect)
    .option('--trust', 'let the charm use the credentials of the cloud')
    .option('-p, --platform <label>', 'of charmcraft.yaml, as the machines of the model are', 'host')
    .option('--charm <path>', 'deploy this file instead of packing')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed deploy': 'the charm in this folder; the next time it is refreshed',
        'charmed deploy my-charm blog -m staging --config port=8081': 'under another name, in another model',
        'charmed deploy --charm ./web_arm64.charm --resource web-image=localhost:32000/web:dev':
          'with an image of your own',
      }),
    )
    .action(async (directory: string, name: string | undefined, options: Options, command: Command) => {
      const { model, numUnits: units, config = {}, resource: resources = [], trust = false, platform, charm } = options;
      const output = outputOf(command);
      const wanted = { application: name, model, units, config, resources, trust, platform, charm };
      output.result(await deploy(directory, wanted, output), ({ application, isRefresh }) => {
        return [`${isRefresh ? 'refreshed' : 'deployed'} ${application}; follow it with: juju status --watch 1s`];
      });
    });
}
