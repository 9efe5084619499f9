// A clock that moves when it is told to.

import { setImmediate as macrotask } from 'node:timers/promises';
import type { Clock, Timer } from '../engine/clock.ts';

interface Pending {
  readonly at: number;
  readonly callback: () => void;
}

// What has been set going may take some turns of the event loop until it waits for the clock.
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await macrotask();
}

export class ManualClock implements Clock {
  #now: number;
  readonly #pending = new Set<Pending>();

  constructor(start: Date = new Date(0)) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(ms: number, callback: () => void): Timer {
    const pending = { at: this.#now + ms, callback };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** Moves on, calling back whatever is due on the way, and lets everything that follows from it happen. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    while (this.step(until)) await settled();
    this.#now = until;
    await settled();
  }

  /** Moves to what is due next, and calls it back; false when nothing is, up to then. */
  step(until: number = Infinity): boolean {
    const due = [...this.#pending].filter(({ at }) => at <= until);
    const [next] = due.toSorted((a, b) => a.at - b.at);
    if (next === undefined) return false;
    this.#pending.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
    return true;
  }
}
