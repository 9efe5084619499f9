// The user's own juju, and our `charmed`, which runs it too.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { repositoryRoot, SOURCE_CONDITION } from '../../tools/checks/workspace.ts';

export interface Status {
  readonly applications: Readonly<Record<string, Application>>;
}

interface Application {
  readonly units?: Readonly<Record<string, Unit>>;
}

interface Unit {
  readonly address?: string;
  readonly 'public-address'?: string;
  readonly 'workload-status': { readonly current: string; readonly message?: string };
  readonly 'juju-status': { readonly current: string };
}

export interface Programs {
  /** What juju printed. @throws Error with what it said. */
  juju(...args: readonly string[]): Promise<string>;
  /** The same for `charmed`. */
  charmed(...args: readonly string[]): Promise<string>;
}

/** @param signal ends what runs. */
export function programs(signal: AbortSignal, environment: NodeJS.ProcessEnv = process.env): Programs {
  const charmed = [`--conditions=${SOURCE_CONDITION}`, join(repositoryRoot, 'packages/cli/src/charmed.ts')];
  const run = async (name: string, program: string, args: readonly string[], told = args) => {
    const child = spawn(program, args, {
      cwd: repositoryRoot,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // Ctrl-C is ours, to remove the model
      signal,
    });
    const exit = new Promise<number | null>((resolve, reject) => {
      child.on('error', (error) => reject(new Error(`cannot run ${name}: ${error.message}`, { cause: error })));
      child.on('close', resolve);
    });
    const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    if (code !== 0) throw new Error(`${name} ${told.join(' ')} failed with exit code ${code}: ${stderr || stdout}`);
    return stdout;
  };
  return {
    juju: async (...args) => await run('juju', 'juju', args),
    charmed: async (...args) => await run('charmed', process.execPath, [...charmed, ...args], args),
  };
}
