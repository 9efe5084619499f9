// A charm that is killed: after so many hook commands, nothing of it goes on.

import type { HookRunner } from '@charmed/ops/internal';
import type { PebbleTransport } from '@charmed/ops/pebble';

const NEVER = new Promise<never>(() => {});

export class Crash {
  readonly #after: number;
  readonly #killed = Promise.withResolvers<'killed'>();
  #commands = 0;
  #isKilled = false;

  /** @param after how many commands are answered. `Infinity`: it is not killed. */
  constructor(after: number) {
    this.#after = after;
  }

  /** How many commands the charm has run. */
  get commands(): number {
    return this.#commands;
  }

  get killed(): Promise<'killed'> {
    return this.#killed.promise;
  }

  /** Kills a charm that has run all its commands, and is about to end well. */
  async atEnd(): Promise<void> {
    if (this.#commands >= this.#after) await this.#kill();
  }

  runner(runner: HookRunner): HookRunner {
    return {
      run: async (command, args, options) => {
        if (this.#isKilled) return NEVER;
        if (this.#commands >= this.#after) return this.#kill();
        this.#commands += 1;
        return runner.run(command, args, options);
      },
      close: () => runner.close(),
    };
  }

  transport(transport: PebbleTransport): PebbleTransport {
    return {
      request: (request) => (this.#isKilled ? NEVER : transport.request(request)),
      websocket: (path, signal) => (this.#isKilled ? NEVER : transport.websocket(path, signal)),
      close: () => transport.close(),
    };
  }

  #kill(): Promise<never> {
    this.#isKilled = true;
    this.#killed.resolve('killed');
    return NEVER;
  }
}
