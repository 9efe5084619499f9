// Runs `charmed` as a user does, with files and sandboxes of a test's own.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, sandboxDirectories, type SandboxStatus } from '@charmed/sandbox';

export const CHARMED: string = fileURLToPath(new URL('../src/charmed.ts', import.meta.url));

/** What goes by its content is kept for all tests: to deflate Node anew takes seconds. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/charmed', import.meta.url));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Charmed implements AsyncDisposable {
  /** Where commands run; it goes with all that is in it. */
  readonly directory: string = mkdtempSync(join(tmpdir(), 'charmed-cli-'));
  readonly program: string = CHARMED;
  /** Variables of commands, in addition to those that they need. */
  readonly environment: Record<string, string> = {};

  async run(...args: readonly string[]): Promise<Finished> {
    return await new Promise((resolve) => {
      execFile(process.execPath, this.#arguments(args), this.#options(), (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }

  async sandbox(...args: readonly string[]): Promise<Finished> {
    return await this.run('sandbox', ...args);
  }

  /** What the sandbox knows, but for what time it is. */
  async model(): Promise<Omit<SandboxStatus, 'controller'>> {
    const directories = sandboxDirectories('sandbox', this.#options().env);
    const { controller: _, ...model } = await call(directories, 'status', null);
    return model;
  }

  /** For what is to be interrupted. Its output is the caller's to read, or lost. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, this.#arguments(args), { ...this.#options(), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox('destroy');
    rmSync(this.directory, { recursive: true, force: true });
  }

  #arguments(args: readonly string[]): readonly string[] {
    return [...process.execArgv, CHARMED, ...args];
  }

  #options(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    const env = {
      PATH: '/usr/bin:/bin',
      CHARMED_SANDBOX_DIR: this.directory,
      CHARMED_CACHE: CACHE,
      NO_COLOR: '1',
      ...this.environment,
    };
    return { cwd: this.directory, env };
  }
}
