// The commands of `charmed`. Each is loaded when it is the one that was asked for.

import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT_CODES_HELP } from './output/exit-codes.ts';
import { equip, examples } from './output/help.ts';

const EXAMPLES = {
  'charmed init my-charm': 'begin a new charm',
  'charmed sandbox deploy ./web_amd64.charm': 'run a packed charm on this machine',
  'charmed pack --help': 'what a command takes, with examples',
};

/** @param names of commands that are to be loaded; of others only name and summary are there. Other words do no harm. */
export async function program(names: readonly string[]): Promise<Command> {
  const charmed = new Command('charmed')
    .description('write, pack and run Juju charms in TypeScript')
    .version(manifest.version)
    .option('-q, --quiet', 'print only results and errors')
    .option('-v, --verbose', 'print steps with their times, and the stacks of errors')
    .addHelpText('after', examples(EXAMPLES))
    .addHelpText('after', EXIT_CODES_HELP);
  for (const [name, { summary, load, hidden = false }] of Object.entries(COMMANDS)) {
    const command = names.includes(name) ? await load() : new Command(name);
    charmed.addCommand(command.summary(summary), { hidden });
  }
  return equip(charmed);
}

/** With every command loaded: for what is told of them all. */
export async function wholeProgram(): Promise<Command> {
  return await program(Object.keys(COMMANDS));
}

interface Row {
  readonly summary: string;
  readonly load: () => Promise<Command>;
  /** Not for people. */
  readonly hidden?: true;
}

const COMMANDS: Readonly<Record<string, Row>> = {
  init: {
    summary: 'make the project of a new charm',
    load: async () => (await import('./commands/init.ts')).initCommand(),
  },
  migrate: {
    summary: 'make a TypeScript project of a Python charm',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  },
  types: {
    summary: 'write src/charm.gen.ts from charmcraft.yaml',
    load: async () => (await import('./commands/types.ts')).typesCommand(),
  },
  check: {
    summary: 'tell what is wrong with the charm, before Juju does',
    load: async () => (await import('./commands/check.ts')).checkCommand(),
  },
  pack: {
    summary: 'pack the charm into files that Juju deploys',
    load: async () => (await import('./commands/pack.ts')).packCommand(),
  },
  sandbox: {
    summary: 'run packed charms on this machine, as Juju would',
    load: async () => (await import('./commands/sandbox/sandbox.ts')).sandboxCommand(),
  },
  node: {
    summary: 'run the Node 24 that packed charms carry',
    load: async () => (await import('./commands/node.ts')).nodeCommand(),
  },
  publish: {
    summary: 'pack, upload to Charmhub with resources, and release',
    load: async () => (await import('./commands/publish.ts')).publishCommand(),
  },
  deploy: {
    summary: 'deploy the charm on your own controller, or refresh it',
    load: async () => (await import('./commands/deploy.ts')).deployCommand(),
  },
  register: {
    summary: "register the charm's name on Charmhub",
    load: async () => (await import('./commands/register.ts')).registerCommand(),
  },
  upload: {
    summary: 'upload packed charms to Charmhub',
    load: async () => (await import('./commands/upload.ts')).uploadCommand(),
  },
  'upload-resource': {
    summary: "upload the charm's images and files to Charmhub",
    load: async () => (await import('./commands/upload-resource.ts')).uploadResourceCommand(),
  },
  release: {
    summary: 'release uploaded revisions to channels',
    load: async () => (await import('./commands/release.ts')).releaseCommand(),
  },
  promote: {
    summary: 'release what is on one channel to another',
    load: async () => (await import('./commands/promote.ts')).promoteCommand(),
  },
  completion: {
    summary: 'teach a shell to complete these commands',
    load: async () => (await import('./commands/completion.ts')).completionCommand(),
  },
  complete: {
    summary: 'print what may come next on a command line',
    load: async () => (await import('./commands/complete.ts')).completeCommand(program),
    hidden: true,
  },
};
