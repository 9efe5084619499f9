// Runs `charmed` as a user does, in a sandbox of the demo's own.

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot, SOURCE_CONDITION } from '../checks/workspace.ts';

const PROGRAM = join(repositoryRoot, 'packages/cli/src/charmed.ts');

export class Charmed {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #running = new Map<ChildProcess, Promise<unknown>>();
  #isInterrupted = false;

  /** @param directory where the sandbox keeps its state. */
  constructor(directory: string, environment: NodeJS.ProcessEnv = {}) {
    this.#environment = { ...process.env, CHARMED_SANDBOX_DIR: directory, NO_COLOR: '1', ...environment };
  }

  /** What the command printed. @throws Error with what it said when it failed, or was interrupted. */
  async run(...args: readonly string[]): Promise<string> {
    if (this.#isInterrupted) throw new Error('interrupted');
    const child = spawn(process.execPath, [`--conditions=${SOURCE_CONDITION}`, PROGRAM, ...args], {
      cwd: repositoryRoot,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // Ctrl-C is for the demo, which then destroys the sandbox
    });
    const exit = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]);
    this.#running.set(child, ended);
    const [code, stdout, stderr] = await ended.finally(() => this.#running.delete(child));
    if (code !== 0) throw new Error(`charmed ${args.join(' ')} failed: ${stderr || stdout}`);
    return stdout;
  }

  /** Ends what runs, and runs nothing any more. */
  async interrupt(): Promise<void> {
    this.#isInterrupted = true;
    for (const child of this.#running.keys()) child.kill('SIGTERM');
    await Promise.allSettled(this.#running.values());
  }

  sandbox(...args: readonly string[]): Promise<string> {
    return this.run('sandbox', ...args);
  }
}
