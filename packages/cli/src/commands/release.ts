// `charmed release`: uploaded revisions to a channel, with their resources.

import { Command } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { releaseRevision, type ResourceRevision } from '../programs/charmcraft.ts';
import { channelOption, collect } from './options.ts';
import { positiveInteger } from './sandbox/numbers.ts';

interface Options {
  readonly revision: readonly number[];
  readonly channel: readonly string[];
  readonly resource?: readonly string[];
}

export function releaseCommand(): Command {
  return new Command('release')
    .description(
      'release uploaded revisions of the charm, one for each platform, to channels of Charmhub with your charmcraft',
    )
    .argument('[dir]', 'folder of the charm', '.')
    .requiredOption('-r, --revision <number>', 'as `charmed upload` told it (repeatable)', collectRevision)
    .addOption(channelOption())
    .option('--resource <name:revision>', 'with this revision of a resource (repeatable)', collect)
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed release --revision 14 --channel edge': 'a charm without resources',
        'charmed release -r 14 -r 15 -c edge -c beta --resource web-image:7':
          'two platforms, to two channels, with an image',
      }),
    )
    .action(
      async (
        directory: string,
        { revision: revisions, channel: channels, resource = [] }: Options,
        command: Command,
      ) => {
        const { name } = await readCharmcraft(directory);
        const resources = resource.map(resourceRevision);
        const output = outputOf(command);
        for (const revision of revisions) {
          await releaseRevision(name, { revision, channels, resources }, output);
          output.note(`released revision ${revision} of ${name} to ${channels.join(', ')}`);
        }
        output.result({ name, revisions, channels, resources }, () => []);
      },
    );
}

function collectRevision(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, positiveInteger(text)];
}

function resourceRevision(argument: string): ResourceRevision {
  const [, name, revision] = /^([^:]+):(\d+)$/.exec(argument) ?? [];
  if (name !== undefined) return { name, revision: Number(revision) };
  throw new CliError('bad-argument', `cannot read "${argument}": expected name:revision, such as web-image:7`);
}
