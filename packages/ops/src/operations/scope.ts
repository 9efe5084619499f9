// The operations that one handler started, and what became of them.

import { AsyncLocalStorage } from 'node:async_hooks';
import { captureCallSite, framesOf, type CallSite } from './call-site.ts';
import type { Operation } from './operation.ts';

/** Where code runs: in a scope, and there in an operation or outside of any. */
interface Place {
  readonly scope: Scope;
  readonly isInOperation: boolean;
}

const places = new AsyncLocalStorage<Place>();

export function currentScope(): Scope | undefined {
  return places.getStore()?.scope;
}

/** An operation that the handler started and never awaited. */
export interface ForgottenOperation {
  readonly name: string;
  /** Stack frames of the call, outermost last. */
  readonly site: string;
  /** What it failed with, if it failed. */
  readonly error?: unknown;
}

/** Something that a handler read of the world. */
export interface Read {
  readonly what: 'config' | 'container' | 'leadership' | 'relation' | 'secret' | 'storage';
  /** Which one: the endpoint, the container, the secret's id or label, the storage; empty where there is only one. */
  readonly name: string;
}

interface Entry {
  readonly name: string;
  readonly operation: Operation<unknown>;
  readonly site: CallSite | undefined;
  settled: boolean;
  error?: unknown;
}

export class Scope {
  readonly name: string;
  closed = false;
  /** What was read in it, each once. */
  readonly reads: Map<string, Read> = new Map();
  readonly #inOperation: Place = { scope: this, isInOperation: true };
  readonly #entries: Entry[] = [];
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** `name` is the handler's, for messages. */
  constructor(name: string) {
    this.name = name;
  }

  /** Does the work of an operation. */
  work<T>(work: () => Promise<T>): Promise<T> {
    return places.run(this.#inOperation, work);
  }

  /**
   * Returns where it was started; `undefined` for a part of another operation, whose own place tells more.
   *
   * @param starter the function that starts operations, whose caller is the place.
   */
  add(name: string, operation: Operation<unknown>, starter: (...args: never[]) => unknown): CallSite | undefined {
    const site = places.getStore()?.isInOperation ? undefined : captureCallSite(starter);
    const entry: Entry = { name, operation, site, settled: false };
    this.#entries.push(entry);
    void operation.settled().then((failure) => {
      entry.settled = true;
      if (failure) entry.error = failure.error;
    });
    return site;
  }

  /** Runs `work` when what was put in turn before it has ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Runs `work` in this scope, completes what it left behind, and says what nobody awaited. */
  async run(work: () => unknown): Promise<readonly ForgottenOperation[]> {
    return places.run({ scope: this, isInOperation: false }, async () => {
      try {
        await work();
      } finally {
        await this.#settle();
        this.closed = true;
      }
      return this.#entries.filter((entry) => !entry.operation.observed).map(toForgotten);
    });
  }

  // An unawaited operation may start others when it ends, so go on until a macrotask passes without news.
  async #settle(): Promise<void> {
    let seen = -1;
    while (seen !== this.#entries.length || this.#entries.some((entry) => !entry.settled)) {
      seen = this.#entries.length;
      await Promise.all(this.#entries.map((entry) => entry.operation.settled()));
      if (this.#entries.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function toForgotten(entry: Entry): ForgottenOperation {
  const site = framesOf(entry.site ?? {})
    .map((frame) => frame.trim())
    .join('\n');
  return { name: entry.name, site, ...('error' in entry ? { error: entry.error } : {}) };
}
