// Places where a test holds a shell charm: the charm tells that it is there, and waits until it is let go.

import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasEnded } from './processes.ts';
import { until } from './test-sandbox.ts';

export class Gates implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'gates-'));

  /** For the charm's script: `gate NAME` passes unless the gate is closed. */
  get script(): string {
    return `gate() {
      [ -p "${this.#directory}/$1" ] || return 0
      echo $$ > "${this.#directory}/$1.pid"
      mv "${this.#directory}/$1.pid" "${this.#directory}/$1.held"
      read -r _ < "${this.#directory}/$1"
    }`;
  }

  close(name: string): void {
    execFileSync('mkfifo', [join(this.#directory, name)]);
  }

  /** Waits until a charm is held; returns the id of its process. */
  async held(name: string): Promise<number> {
    await until(`a charm is held at ${name}`, async () => !hasEnded(this.#lastHeld(name)));
    return this.#lastHeld(name);
  }

  // It may have been killed while it was held.
  #lastHeld(name: string): number {
    const file = join(this.#directory, `${name}.held`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : Infinity;
  }

  /** Opens the gate for all that come. */
  open(name: string): void {
    for (const file of [name, `${name}.held`]) rmSync(join(this.#directory, file), { force: true });
  }

  /** Lets the charm that is held go, and opens the gate. */
  async release(name: string): Promise<void> {
    await until(`the charm at ${name} listens`, async () => this.#write(name));
    this.open(name);
  }

  #write(name: string): boolean {
    try {
      const fifo = openSync(join(this.#directory, name), constants.O_WRONLY | constants.O_NONBLOCK);
      writeSync(fifo, '\n');
      closeSync(fifo);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENXIO') return false; // nobody reads it yet
      throw error;
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
