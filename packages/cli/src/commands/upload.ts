// `charmed upload`: packed charms to Charmhub.

import { Command } from 'commander';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { uploadCharm } from '../programs/charmcraft.ts';

export function uploadCommand(): Command {
  return new Command('upload')
    .description(
      'upload packed charms to Charmhub with your charmcraft, and tell the revision of each. Nobody gets them before they are released',
    )
    .argument('<charm...>', 'paths of .charm files')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed upload ./web_amd64.charm': 'one charm',
        'charmed upload ./web_amd64.charm ./web_arm64.charm --format json': 'for a program, which reads the revisions',
      }),
    )
    .action(async (charms: readonly string[], _options: unknown, command: Command) => {
      const output = outputOf(command);
      const uploaded: { readonly path: string; readonly revision: number }[] = [];
      for (const path of charms) {
        const revision = await uploadCharm(path, output);
        uploaded.push({ path, revision });
        if (!output.isJson) output.result(revision, () => [`${path} is revision ${revision}`]);
      }
      if (output.isJson) output.result(uploaded, () => []);
    });
}
