// Where a sandbox keeps its files, and where its sockets are.

import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applicationOf, unitOf, type ModelState } from '@charmed/sim/model';

export interface SandboxDirectories {
  /** Holds the model and all unpacked charms; removed by `destroy`. */
  readonly state: string;
  /** Holds the sockets. Short, since the path of a unix socket has 107 bytes at most. */
  readonly runtime: string;
  /** Holds large files of charms that were deployed once, for all sandboxes; survives `destroy`. */
  readonly cache: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Of the sandbox of a name: below `CHARMED_SANDBOX_DIR`, or `charmed/sandbox` in `XDG_STATE_HOME` (default `~/.local/state`). */
export function sandboxDirectories(name: string, environment: Environment): SandboxDirectories {
  const stateHome = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const state = resolve(environment.CHARMED_SANDBOX_DIR || join(stateHome, 'charmed', 'sandbox'), name);
  const cache = environment.CHARMED_CACHE || join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'charmed');
  return { state, runtime: runtimeDirectory(state, environment.XDG_RUNTIME_DIR), cache: join(cache, 'expanded') };
}

function runtimeDirectory(state: string, runtimeHome: string | undefined): string {
  const name = `charmed-${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
  const home = runtimeHome !== undefined && runtimeHome !== '' && runtimeHome.length <= 20 ? runtimeHome : tmpdir();
  return join(home.length <= 20 ? home : '/tmp', name);
}

export const files = {
  database: ({ state }: SandboxDirectories): string => join(state, 'model.db'),
  controllerLog: ({ state }: SandboxDirectories): string => join(state, 'controller.log'),
  apiSocket: ({ runtime }: SandboxDirectories): string => join(runtime, 'api.socket'),
  /** Charm archives, by their hash. */
  charms: ({ state }: SandboxDirectories): string => join(state, 'charms'),
  /** The hook commands' executables. */
  tools: ({ state }: SandboxDirectories): string => join(state, 'tools'),
  units: ({ state }: SandboxDirectories): string => join(state, 'units'),
  /** Everything of one unit. */
  unit: (directories: SandboxDirectories, unit: string): string =>
    join(files.units(directories), unit.replace('/', '-')),
};

/** The sockets of one unit: its agent's, and below `containers` a directory for each container. Their paths are short, whatever its name. */
export function unitSockets(
  { runtime }: SandboxDirectories,
  state: ModelState,
  name: string,
): { agent: string; containers: string } {
  const { application, number } = unitOf(state, name);
  const directory = join(runtime, `${applicationOf(state, application).index}.${number}`);
  return { agent: join(directory, 'agent.socket'), containers: directory };
}
