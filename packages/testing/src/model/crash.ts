// A charm that is killed: after so many hook commands and changes to containers, or after its own commit, nothing of it goes on.

import type { HookRunner, Store } from '@charmed/ops/internal';
import type { PebbleTransport } from '@charmed/ops/pebble';

const NEVER = new Promise<never>(() => {});

/** After how many hook commands and changes to containers, or `commit`: the charm has kept what it stores, and Juju has not yet kept what the hook did. */
export type CrashPoint = number | 'commit';

export class Crash {
  readonly #after: CrashPoint;
  readonly #killed = Promise.withResolvers<'killed'>();
  #commands = 0;
  #isKilled = false;

  /** @param after `Infinity`: it is not killed. */
  constructor(after: CrashPoint) {
    this.#after = after;
  }

  /** How many commands the charm has run, and changes to containers asked for. */
  get commands(): number {
    return this.#commands;
  }

  get killed(): Promise<'killed'> {
    return this.#killed.promise;
  }

  /** Kills a charm that has run all its commands, and is about to end well. */
  async atEnd(): Promise<void> {
    if (this.#isDue) await this.#kill();
  }

  store(store: Store): Store {
    return {
      load: () => store.load(),
      commit: async (contents) => {
        await store.commit(contents);
        if (this.#after === 'commit') await this.#kill();
      },
      close: () => store.close(),
    };
  }

  runner(runner: HookRunner): HookRunner {
    return {
      run: (command, args, options) => this.#counted(() => runner.run(command, args, options)),
      close: () => runner.close(),
    };
  }

  transport(transport: PebbleTransport): PebbleTransport {
    return {
      request: (request) => this.#counted(() => transport.request(request), request.method !== 'GET'),
      websocket: (path, signal) => this.#counted(() => transport.websocket(path, signal), false),
      close: () => transport.close(),
    };
  }

  // What only looks on leaves nothing behind to be killed after.
  async #counted<T>(work: () => Promise<T>, counts = true): Promise<T> {
    if (this.#isKilled) return NEVER;
    if (!counts) return work();
    if (this.#isDue) return this.#kill();
    this.#commands += 1;
    return work();
  }

  get #isDue(): boolean {
    return this.#after !== 'commit' && this.#commands >= this.#after;
  }

  #kill(): Promise<never> {
    this.#isKilled = true;
    this.#killed.resolve('killed');
    return NEVER;
  }
}
