// The queue of deferred events, in the order in which they were deferred, each at most once.

import type { Notice } from './store.ts';

export class Notices {
  readonly #byKey: Map<string, Notice>;
  readonly #stored: readonly string[];
  #nextSequence: number;

  constructor(stored: readonly Notice[]) {
    this.#byKey = new Map(stored.map((notice) => [keyOf(notice), notice]));
    this.#stored = [...this.#byKey.keys()];
    this.#nextSequence = stored.reduce((highest, notice) => Math.max(highest, notice.sequence), 0) + 1;
  }

  /** Whether the queue differs from what was stored. */
  get changed(): boolean {
    const now = [...this.#byKey.keys()];
    return now.length !== this.#stored.length || now.some((key, index) => key !== this.#stored[index]);
  }

  nextSequence(): number {
    return this.#nextSequence++;
  }

  all(): readonly Notice[] {
    return [...this.#byKey.values()];
  }

  /** Whether an equal event already waits for the same handler. */
  has(notice: Omit<Notice, 'sequence'>): boolean {
    return this.#byKey.has(keyOf(notice));
  }

  add(notice: Notice): void {
    this.#byKey.set(keyOf(notice), notice);
  }

  remove(notice: Notice): void {
    this.#byKey.delete(keyOf(notice));
  }
}

function keyOf(notice: Omit<Notice, 'sequence'>): string {
  return JSON.stringify([notice.emitter, notice.kind, notice.observer, notice.handler, notice.snapshot]);
}
