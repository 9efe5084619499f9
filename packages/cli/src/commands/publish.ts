// `charmed publish`: all that brings a charm to its users, in one go.

import { Command } from 'commander';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { publish } from '../publish/publish.ts';
import { channelOption, collect, platformOption, resourceOption } from './options.ts';

interface Options {
  readonly channel: readonly string[];
  readonly resource?: readonly string[];
  readonly platform?: readonly string[];
  readonly charm?: readonly string[];
}

export function publishCommand(): Command {
  return new Command('publish')
    .description(
      'pack the charm, upload it and its resources to Charmhub, and release them together. Runs your charmcraft, which asks you to log in if you are not',
    )
    .argument('[dir]', 'folder of the charm', '.')
    .addOption(channelOption())
    .addOption(resourceOption())
    .addOption(platformOption())
    .option('--charm <path>', 'upload this file instead of packing (repeatable)', collect)
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed publish --channel edge': 'all platforms, with the images of charmcraft.yaml',
        'charmed publish -c edge --resource data=./data.tar.gz --resource web-image:7':
          'a file is uploaded, and an image taken that was uploaded before',
        'charmed publish -c edge --charm ./web_amd64.charm --format json': 'in CI, with a charm that was packed before',
      }),
    )
    .action(async (directory: string, options: Options, command: Command) => {
      const { channel: channels, resource: resources = [], platform: platforms = [], charm: charms = [] } = options;
      const output = outputOf(command);
      output.result(await publish(directory, { channels, resources, platforms, charms }, output), (published) => {
        return published.charms.map(
          ({ revision }) => `released revision ${revision} of ${published.name} to ${channels.join(', ')}`,
        );
      });
    });
}
