// `charmed pack`: the project to .charm files.

import { relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import ora from 'ora';
import type { Runtime } from '../pack/contents.ts';
import { pack, type PackedCharm } from '../pack/pack.ts';

interface Options {
  readonly output: string;
  readonly platform: readonly string[];
  readonly runtime: Runtime;
  readonly analyse?: boolean;
  readonly format: 'text' | 'json';
}

export function packCommand(): Command {
  return new Command('pack')
    .description('pack the charm into files that Juju deploys, one for each platform of charmcraft.yaml')
    .argument('[dir]', 'folder of the charm', '.')
    .option('-o, --output <dir>', 'where the files go', '.')
    .option('-p, --platform <label>', "only this one; `host` for this machine's. May be repeated", collect, [])
    .option(
      '--runtime <where>',
      'where the charm finds Node 24: `carried`, `none` for PATH, or a path',
      runtime,
      'carried',
    )
    .option('--analyse', 'tell what is in the charm, the largest first')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(packProject);
}

async function packProject(
  directory: string,
  { output, platform, runtime: where, analyse, format }: Options,
): Promise<void> {
  const started = performance.now();
  const progress = ora({ text: 'packing', isSilent: format === 'json' }).start();
  const onStep = (step: string) => {
    progress.text = step;
  };
  try {
    const charms = await pack(directory, { output, platforms: platform, runtime: where, onStep });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (format === 'json') console.log(JSON.stringify(charms, undefined, 2));
    else for (const charm of charms) progress.succeed(`packed ${summaryOf(charm)} in ${seconds} s`);
    if (analyse && format === 'text')
      for (const charm of charms) for (const line of contentsOf(charm)) console.log(line);
  } catch (error) {
    progress.stop();
    throw error;
  }
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

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function runtime(value: string): Runtime {
  if (value === 'carried' || value === 'none') return value;
  if (/^\/[^\s'"$`\\]+$/.test(value)) return value as Runtime;
  throw new InvalidArgumentError('It is `carried`, `none`, or an absolute path without spaces.');
}
