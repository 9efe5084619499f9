// `charmed pack`: the project to .charm files.

import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { platformOption } from './options.ts';
import type { Runtime } from '../pack/contents.ts';
import type { BuildOptions } from '../pack/build.ts';
import { packIntoFolders, type CharmFolder } from '../pack/folder.ts';
import { pack, type PackedCharm } from '../pack/pack.ts';

interface Options {
  readonly output: string;
  readonly platform?: readonly string[];
  readonly runtime: Runtime;
  readonly analyse?: boolean;
  readonly dump?: string;
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
    .addOption(
      new Option(
        '--dump <dir>',
        'write folders that charmcraft packs by `plugin: dump`, in place of charm files',
      ).conflicts(['output', 'analyse']),
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed pack': 'for all platforms of charmcraft.yaml, into this folder',
        'charmed pack --platform host --analyse': 'for this machine, and tell what makes it large',
        'charmed pack my-charm --output dist --format json': 'for a program, which reads the paths from stdout',
        'charmed pack --dump dist && charmcraft pack':
          'by charmcraft, from a part with source: dist/$CRAFT_ARCH_BUILD_FOR',
      }),
    )
    .action(packProject);
}

async function packProject(directory: string, options: Options, command: Command): Promise<void> {
  const { output: folder, platform, runtime: where, analyse, dump } = options;
  const started = performance.now();
  const output = outputOf(command);
  const onWarning: BuildOptions['onWarning'] = ({ file, line, message }) => {
    output.warn(`${relative('.', join(directory, file))}:${line}: ${message}`);
  };
  const common = { platforms: platform ?? [], runtime: where, onWarning };
  const took = () => `in ${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (dump === undefined) {
    const charms = await output.progress('packing', (onStep) => pack(directory, { ...common, output: folder, onStep }));
    output.result(charms, () => [
      ...charms.map((charm) => `packed ${summaryOf(charm)} ${took()}`),
      ...(analyse ? charms.flatMap(contentsOf) : []),
    ]);
  } else {
    const folders = await output.progress('packing', (onStep) =>
      packIntoFolders(directory, dump, { ...common, onStep }),
    );
    output.result(folders, () => folders.map((each) => `wrote ${folderSummaryOf(each)} ${took()}`));
  }
}

function folderSummaryOf({ path, isChecked }: CharmFolder): string {
  return `${relative('.', path)}${notRun(isChecked)}`;
}

function summaryOf({ path, bytes, isChecked }: PackedCharm): string {
  return `${relative('.', path) || path} (${mebibytes(bytes)})${notRun(isChecked)}`;
}

function notRun(isChecked: boolean): string {
  return isChecked ? '' : ', not run';
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
