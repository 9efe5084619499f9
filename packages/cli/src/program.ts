// The commands of `charmed`. Each is loaded when it is the one that was asked for.

import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };

export async function program(argv: readonly string[] = process.argv): Promise<Command> {
  const charmed = new Command('charmed')
    .description('write, pack and run Juju charms in TypeScript')
    .version(manifest.version);
  const asked = argv[2];
  for (const [name, { description, load }] of Object.entries(COMMANDS)) {
    charmed.addCommand(name === asked ? await load() : new Command(name).description(description));
  }
  return charmed;
}

const COMMANDS: Readonly<Record<string, { description: string; load: () => Promise<Command> }>> = {
  types: {
    description: 'write src/charm.gen.ts from charmcraft.yaml',
    load: async () => (await import('./commands/types.ts')).typesCommand(),
  },
  check: {
    description: 'tell what is wrong with the charm, before Juju does',
    load: async () => (await import('./commands/check.ts')).checkCommand(),
  },
  pack: {
    description: 'pack the charm into one file that Juju deploys',
    load: async () => (await import('./commands/pack.ts')).packCommand(),
  },
  sandbox: {
    description: 'run packed charms on this machine, as Juju would',
    load: async () => (await import('./commands/sandbox/sandbox.ts')).sandboxCommand(),
  },
};
