// One perform-check or recover-check task: probes with each tick, and when somebody asks for it, until it is time for a task of the other
// kind (canonical/pebble internals/overlord/checkstate/handlers.go).

import { formatDuration, reasonOf } from '@charmed/ops/internal';
import type { Clock } from './clock.ts';
import { serverError } from './errors.ts';
import type { Task } from './task.ts';
import { Ticker } from './ticker.ts';

export type WatchKind = 'perform' | 'recover';

export interface WatchedCheck {
  readonly periodMs: number;
  readonly timeoutMs: number;
  readonly threshold: number;
  probe(signal: AbortSignal): Promise<void>;
  /** After each probe. */
  onProbe(outcome: keyof Counts): void;
  /** After each probe that is not the last. */
  onCounts(counts: Counts): void;
}

/** How often the check has succeeded and failed in a row. */
export interface Counts {
  readonly successes: number;
  readonly failures: number;
}

interface Refresh {
  readonly signal: AbortSignal;
  settle(failure: string | undefined): void;
}

export class CheckWatch {
  readonly #check: WatchedCheck;
  readonly #kind: WatchKind;
  readonly #clock: Clock;
  readonly #refreshes: Refresh[] = [];
  #wake: () => void = () => undefined;
  #counts: Counts;

  constructor(check: WatchedCheck, kind: WatchKind, counts: Counts, clock: Clock) {
    this.#check = check;
    this.#kind = kind;
    this.#counts = counts;
    this.#clock = clock;
  }

  get counts(): Counts {
    return this.#counts;
  }

  /** Probes as soon as a probe that runs is over. Resolves with why it failed, if it did. */
  async refresh(signal: AbortSignal): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#refreshes.push({ signal, settle: resolve });
    signal.addEventListener('abort', () => resolve('context canceled'), { once: true });
    this.#wake();
    return promise;
  }

  /** Resolves with whether it is over by itself and not by the signal. Rejects when the check has reached its threshold. */
  async run(task: Task, signal: AbortSignal): Promise<boolean> {
    const ticker = new Ticker(this.#clock, this.#check.periodMs);
    ticker.onTick(() => this.#wake());
    const abort = () => this.#wake();
    signal.addEventListener('abort', abort);
    try {
      while (!signal.aborted) {
        const refresh = this.#refreshes.shift();
        if (refresh?.signal.aborted) continue;
        if (refresh !== undefined) ticker.reset();
        if (refresh === undefined && !ticker.take()) await this.#awake();
        else if (await this.#probe(task, signal, refresh)) return true;
      }
      return false;
    } finally {
      ticker.stop();
      signal.removeEventListener('abort', abort);
      for (const refresh of this.#refreshes) refresh.settle('context canceled');
    }
  }

  async #awake(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
  }

  async #probe(task: Task, signal: AbortSignal, refresh: Refresh | undefined): Promise<boolean> {
    const failure = await probeOnce(this.#check, signal, this.#clock);
    if (signal.aborted) return false;
    try {
      return failure === undefined ? this.#succeed(task) : this.#fail(task, failure);
    } finally {
      refresh?.settle(failure);
    }
  }

  #succeed(task: Task): boolean {
    const { successes, failures } = this.#counts;
    const isRecovered = this.#kind === 'recover';
    this.#counts = { successes: isRecovered ? 1 : successes + 1, failures: 0 };
    this.#check.onProbe('successes');
    if (isRecovered) return true;
    this.#check.onCounts(this.#counts);
    if (failures > 0) task.addLog(`succeeded after ${failures} failure${failures === 1 ? '' : 's'}`);
    return false;
  }

  #fail(task: Task, failure: string): boolean {
    const failures = this.#counts.failures + 1;
    this.#counts = { ...this.#counts, failures };
    this.#check.onProbe('failures');
    if (this.#kind === 'perform' && failures >= this.#check.threshold) throw serverError(failure);
    this.#check.onCounts(this.#counts);
    task.addLog(failure, 'ERROR');
    return false;
  }
}

/** Why the probe has failed, if it has. */
export async function probeOnce(
  check: Pick<WatchedCheck, 'timeoutMs' | 'probe'>,
  signal: AbortSignal,
  clock: Clock,
): Promise<string | undefined> {
  const over = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = clock.after(check.timeoutMs, () => {
    resolve(`check timed out after ${formatDuration(check.timeoutMs)}`);
    over.abort();
  });
  const abort = () => resolve('context canceled');
  signal.addEventListener('abort', abort, { once: true });
  const probing = check.probe(AbortSignal.any([signal, over.signal])).then(() => undefined, reasonOf);
  try {
    return await Promise.race([late, probing]);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', abort);
  }
}
