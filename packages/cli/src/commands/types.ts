// `charmed types`: charmcraft.yaml to src/charm.gen.ts.

import { Command } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { examples } from '../output/help.ts';
import { outputOf } from '../output/output.ts';
import { areTypesStale, TYPES_FILE, writeTypes } from '../types/write.ts';

export function typesCommand(): Command {
  return new Command('types')
    .description(`write ${TYPES_FILE}, which gives the charm the types of its charmcraft.yaml`)
    .argument('[dir]', 'folder of the charm', '.')
    .option('--check', 'write nothing; fail if the file is not up to date')
    .addHelpText(
      'after',
      examples({
        'charmed types': 'for the charm in this folder',
        'charmed types --check': 'in CI: fail when somebody forgot to',
      }),
    )
    .action(async (directory: string, options: { check?: boolean }, command: Command) => {
      const charmcraft = await readCharmcraft(directory);
      if (options.check) {
        if (!(await areTypesStale(directory, charmcraft))) return;
        throw new CliError('stale-types', `${TYPES_FILE} does not match charmcraft.yaml. Run: charmed types`);
      }
      const written = await writeTypes(directory, charmcraft);
      outputOf(command).note(written ? `wrote ${TYPES_FILE}` : `${TYPES_FILE} is up to date`);
    });
}
