// `charmed pack`: the project to .charm files.

import { relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { platformOption } from './options.ts';
import type { Runtime } from '../pack/contents.ts';
import { pack, type PackedCharm } from '../pack/pack.ts';

interface Options {
  readonly output: string;
  readonly platform?: readonly string[];
  readonly runtime: Runtime;
  readonly analyse?: boolean;
}

export function packCommand(): Command {
  return new Command('pack')
    .description('pack the charm into files that Juju deploys, one for each platform of charmcraft.yaml')
    .argument('[dir]', 'folder of the charm', '.')
    .option('-o, --output <dir>', 'where the files go', '.')
    .addOption(platformOption())
    .option(
      '--runtime <where>',
      'where the charm finds Node 24: `carried`, `none` for PATH, or a path',
      runtime,
      'carried',
    )
    .option('--analyse', 'tell what is in the charm, the largest first')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed pack': 'for all platforms of charmcraft.yaml, into this folder',
        'charmed pack --platform host --analyse': 'for this machine, and tell what makes it large',
        'charmed pack my-charm --output dist --format json': 'for a program, which reads the paths from stdout',
      }),
    )
    .action(packProject);
}

async function packProject(
  directory: string,
  { output: folder, platform, runtime: where, analyse }: Options,
  command: Command,
): Promise<void> {
  const started = performance.now();
  const output = outputOf(command);
  const charms = await output.progress('packing', async (onStep) => {
    return await pack(directory, { output: folder, platforms: platform ?? [], runtime: where, onStep });
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  output.result(charms, () => [
    ...charms.map((charm) => `packed ${summaryOf(charm)} in ${seconds} s`),
    ...(analyse ? charms.flatMap(contentsOf) : []),
  ]);
}

function summaryOf({ path, bytes, isChecked }: PackedCharm): string {
  return `${relative('.', path) || path} (${mebibytes(bytes)})${isChecked ? '' : ', not run'}`;
}

function contentsOf({ platform, files }: PackedCharm): readonly string[] {
  const largestFirst = files.toSorted((a, b) => b.bytes - a.bytes);
  return [
    '',
    `In the charm for ${platform}:`,
    ...largestFirst.map(({ name, bytes }) => `${mebibytes(bytes).padStart(10)}  ${name}`),
  ];
}

function mebibytes(bytes: number): string {
  return bytes < 100 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function runtime(value: string): Runtime {
  if (value === 'carried' || value === 'none') return value;
  if (/^\/[^\s'"$`\\]+$/.test(value)) return value as Runtime;
  throw new InvalidArgumentError('It is `carried`, `none`, or an absolute path without spaces.');
}
