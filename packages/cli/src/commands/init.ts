// `charmed init`: a new charm's project. A person is asked for what was not said.

import { relative } from 'node:path';
import { Command, Option } from 'commander';
import { nameOfFolder } from '../init/charm-name.ts';
import { init, type NewProject } from '../init/init.ts';
import { PROFILES, type Profile } from '../init/profile.ts';
import { requireEmpty } from '../init/write-project.ts';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';
import { UsageError } from '../output/usage.ts';
import { ownArchitecture } from '../pack/platform.ts';

interface Options {
  readonly name?: string;
  readonly profile?: Profile;
  readonly author?: string;
  readonly force?: boolean;
}

export function initCommand(): Command {
  return new Command('init')
    .description('make the project of a new charm, which can be tested, packed and deployed at once')
    .argument('[dir]', 'folder of the charm; made if it is not there', '.')
    .option('--name <name>', 'name of the charm; by default that of the folder')
    .addOption(new Option('--profile <profile>', 'where its workload runs').choices(Object.keys(PROFILES)))
    .option('--author <author>', 'whom README.md and package.json name; by default you, as git knows you')
    .option('--force', 'also where there are files; they stay as they are')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples({
        'charmed init my-charm --profile kubernetes': 'a new folder with a charm for Kubernetes',
        'charmed init --profile machine --name web': 'a charm for machines, in this folder',
        'charmed init': 'ask for what is not said, at a terminal',
      }),
    )
    .action(initProject);
}

async function initProject(folder: string, options: Options, command: Command): Promise<void> {
  if (!options.force) requireEmpty(folder);
  const project = await init(folder, { ...options, ...(await answersFor(folder, options, command)) });
  const output = outputOf(command);
  output.result(project, () => []);
  for (const line of linesOf(project)) output.note(line);
}

interface Answers {
  readonly profile: Profile;
  readonly name: string | undefined;
}

async function answersFor(folder: string, { profile, name }: Options, command: Command): Promise<Answers> {
  if (!outputOf(command).isInteractive) {
    if (profile) return { profile, name };
    const choices = Object.keys(PROFILES).map((choice) => `--profile ${choice}`);
    throw new UsageError(command, `cannot make a charm of no kind: add ${choices.join(' or ')}.`);
  }
  if (profile && name !== undefined) return { profile, name };
  const { askName, askProfile, greet } = await import('../init/questions.ts');
  const terminal = { output: process.stderr }; // stdout is for what was made
  greet(terminal);
  return {
    profile: profile ?? (await askProfile(terminal)),
    name: name ?? (await askName(nameOfFolder(folder), terminal)),
  };
}

function linesOf({ name, profile, directory, files, kept }: NewProject): readonly string[] {
  const folder = relative('.', directory);
  const charm = `./${name}_${ownArchitecture ?? 'amd64'}.charm`;
  const steps: readonly (readonly [command: string, what: string])[] = [
    ...(folder === '' ? [] : [[`cd ${folder}`, ''] as const]),
    ['npm install', 'Node 24 comes along'],
    ['npm test', 'types, lint, unit tests'],
    ['npx charmed pack --platform host', 'a .charm file for this machine'],
    [`npx charmed sandbox deploy ${charm}`, 'on this machine, as Juju would'],
    ['npx charmed sandbox wait', ''],
    ['npx charmed sandbox status', ''],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    `Made the ${profile} charm "${name}" in ${folder || 'this folder'}: ${files.length} files.`,
    ...kept.map((file) => `${file} was there, and is as it was.`),
    '',
    'Next:',
    ...steps.map(([command, what]) => `  ${what === '' ? command : `${command.padEnd(width)}  # ${what}`}`),
    '',
    'Then make it yours: begin with src/charm.ts and src/workload.ts. README.md has the rest.',
  ];
}
