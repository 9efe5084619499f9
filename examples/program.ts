// Runs the program of a workload for its tests, on a port of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export class Program implements AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  /** Resolves when it says that it listens. @throws Error with what it said instead. */
  static async start(program: URL, environment: Readonly<Record<string, string>>): Promise<Program> {
    const child = spawn(process.execPath, [fileURLToPath(program)], { env: environment });
    const said = text(child.stderr);
    for await (const chunk of child.stdout) {
      const place = / listens on (\S+)/.exec(String(chunk))?.[1];
      if (place !== undefined) return new Program(child, `http://${place}`);
    }
    throw new Error(await said);
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
  }
}
