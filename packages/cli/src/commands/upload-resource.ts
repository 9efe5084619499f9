// `charmed upload-resource`: a charm's images and files to Charmhub.

import { Command } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import type { ResourceRevision } from '../programs/charmcraft.ts';
import { uploadChoice } from '../publish/publish.ts';
import { resourceChoices } from '../publish/resource-choices.ts';
import { resourceOption } from './options.ts';

export function uploadResourceCommand(): Command {
  return new Command('upload-resource')
    .description(
      'upload the resources of the charm to Charmhub with your charmcraft. A revision of the charm that declares them must be there already',
    )
    .argument('[dir]', 'folder of the charm', '.')
    .addOption(resourceOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed upload-resource': 'the images that charmcraft.yaml names as upstream-source',
        'charmed upload-resource --resource data=./data.tar.gz': 'a file, and the images',
      }),
    )
    .action(async (directory: string, { resource }: { resource?: readonly string[] }, command: Command) => {
      const charmcraft = await readCharmcraft(directory);
      const output = outputOf(command);
      const uploaded: ResourceRevision[] = [];
      for (const choice of resourceChoices(charmcraft, resource).given) {
        uploaded.push(await uploadChoice(charmcraft.name, choice, output));
      }
      output.result(uploaded, () => uploaded.map(({ name, revision }) => `${name} is revision ${revision}`));
    });
}
