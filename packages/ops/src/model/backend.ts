// What all objects of one model share: the runner, the facts of this dispatch, and the cache of what Juju answered in it.

import type { HookRunner } from '../hookcmds/runner.ts';
import type { JujuContext } from '../juju/context.ts';
import type { SecurityLog } from '../juju/security-log.ts';
import type { CharmMeta } from '../meta/charm-meta.ts';
import type { PebbleClient } from '../pebble/client.ts';
import type { LocalFiles } from './local-files.ts';

/** Milliseconds of a clock that never goes back. */
export interface Clock {
  now(): number;
}

export interface BackendOptions {
  readonly runner: HookRunner;
  readonly context: JujuContext;
  readonly meta: CharmMeta;
  readonly clock: Clock;
  readonly pebble: (container: string) => PebbleClient;
  readonly files: LocalFiles;
  readonly security: SecurityLog;
  /** Returns when everything logged so far has reached Juju. */
  readonly flushLog: () => Promise<void>;
}

export class Backend {
  readonly runner: HookRunner;
  readonly meta: CharmMeta;
  readonly clock: Clock;
  readonly pebble: (container: string) => PebbleClient;
  readonly files: LocalFiles;
  readonly security: SecurityLog;
  readonly flushLog: () => Promise<void>;
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #turns = new Map<string, Promise<unknown>>();
  #context: JujuContext;
  #end = Promise.withResolvers<void>();

  constructor(options: BackendOptions) {
    this.runner = options.runner;
    this.#context = options.context;
    this.meta = options.meta;
    this.clock = options.clock;
    this.pebble = options.pebble;
    this.files = options.files;
    this.security = options.security;
    this.flushLog = options.flushLog;
  }

  get context(): JujuContext {
    return this.#context;
  }

  /** Does `work` as a dispatch of its own, for who lets a charm live through several. Returns also when something has ended it early. */
  async during(context: JujuContext, work: () => Promise<void>): Promise<void> {
    const outer = { context: this.#context, end: this.#end };
    this.#enter({ context, end: Promise.withResolvers<void>() });
    try {
      await Promise.race([this.ended, work()]);
    } finally {
      this.#enter(outer);
    }
  }

  /** Asks Juju everything again from now on, since the model has changed by other hands. */
  forget(): void {
    this.#answers.clear();
  }

  #enter({ context, end }: { readonly context: JujuContext; readonly end: PromiseWithResolvers<void> }): void {
    this.#context = context;
    this.#end = end;
    this.#turns.clear();
    this.forget();
  }

  /** Asks once in a dispatch. A failure is not remembered. */
  cached<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known) return known;
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch(() => {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    });
    return answer;
  }

  /** Runs `work` after what was asked earlier of the same thing, so that overlapping calls that read and then write act in call order. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    this.#turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Remembers what we have just told Juju, which is what it would answer. */
  remember(key: string, value: unknown): void {
    this.#answers.set(key, Promise.resolve(value));
  }

  /** Settles when something has ended the dispatch before its time. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** Ends the dispatch here and now: the hook succeeds, but nothing is committed. Who awaits this never goes on. */
  endDispatch(): Promise<never> {
    this.#end.resolve();
    return new Promise(() => {});
  }
}
