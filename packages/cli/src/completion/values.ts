// Values that depend on where and when one types: platforms of the charm in this folder, units of the sandbox. Whatever fails, there are none.

import type { SandboxStatus } from '@charmed/sandbox';
import type { Argument, Command, Option } from 'commander';

/** By the name of an argument, or the flag of an option, whichever command has it. */
const VALUES: Readonly<Record<string, (command: Command) => Promise<readonly string[]>>> = {
  '--platform': platforms,
  application: applications,
  'application[:endpoint]': applications,
  unit: units,
};

export async function valuesOf(of: Argument | Option, command: Command): Promise<readonly string[] | undefined> {
  const name = 'long' in of ? of.long : of.name();
  try {
    return await VALUES[name ?? '']?.(command);
  } catch {
    return [];
  }
}

async function platforms(): Promise<readonly string[]> {
  const { readCharmcraft } = await import('../charmcraft/read.ts');
  const charmcraft = await readCharmcraft('.');
  return ['host', ...Object.keys(charmcraft.platforms ?? {})];
}

async function applications(command: Command): Promise<readonly string[]> {
  return Object.keys(await statusOf(command));
}

async function units(command: Command): Promise<readonly string[]> {
  return Object.values(await statusOf(command)).flatMap((application) => Object.keys(application.units));
}

/** Of a sandbox that runs; none is started for it. */
async function statusOf(command: Command): Promise<SandboxStatus['applications']> {
  const [{ call }, { sandboxOf }] = await Promise.all([
    import('@charmed/sandbox'),
    import('../commands/sandbox/connection.ts'),
  ]);
  return (await call(sandboxOf(command).directories, 'status', null)).applications;
}
