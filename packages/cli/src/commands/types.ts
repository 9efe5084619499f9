// `charmed types`: charmcraft.yaml to src/charm.gen.ts.

import { Command, Option } from 'commander';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { interruptible } from '../interrupt.ts';
import { examples } from '../output/help.ts';
import { outputOf } from '../output/output.ts';
import { watchTypes } from '../types/watch.ts';
import { areTypesStale, TYPES_FILE, writeTypes } from '../types/write.ts';

interface Options {
  readonly check?: boolean;
  readonly watch?: boolean;
}

export function typesCommand(): Command {
  return new Command('types')
    .description(`write ${TYPES_FILE}, which gives the charm the types of its charmcraft.yaml`)
    .argument('[dir]', 'folder of the charm', '.')
    .addOption(new Option('--check', 'write nothing; fail if the file is not up to date').conflicts('watch'))
    .option('-w, --watch', 'write it again whenever charmcraft.yaml changes, until Ctrl-C')
    .addHelpText(
      'after',
      examples({
        'charmed types': 'for the charm in this folder',
        'charmed types --watch': 'while you edit charmcraft.yaml',
        'charmed types --check': 'in CI: fail when somebody forgot to',
      }),
    )
    .action(async (directory: string, { check, watch }: Options, command: Command) => {
      const output = outputOf(command);
      const tell = (isNew: boolean) => output.note(isNew ? `wrote ${TYPES_FILE}` : `${TYPES_FILE} is up to date`);
      if (watch) return await interruptible(async (signal) => await watchProject(directory, { signal, tell }));
      const charmcraft = await readCharmcraft(directory);
      if (!check) return tell(await writeTypes(directory, charmcraft));
      if (!(await areTypesStale(directory, charmcraft))) return;
      throw new CliError('stale-types', `${TYPES_FILE} does not match charmcraft.yaml. Run: charmed types`);
    });
}

interface Watched {
  readonly signal: AbortSignal;
  readonly tell: (isNew: boolean) => void;
}

async function watchProject(directory: string, { signal, tell }: Watched): Promise<void> {
  await watchTypes(directory, {
    signal,
    onWritten: tell,
    onWrong: ({ message }) => console.error(`charmed: ${message}`),
  });
}
