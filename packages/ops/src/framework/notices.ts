// The queue of deferred events, in the order in which they were deferred, each at most once.

import type { Notice } from './store.ts';

export class Notices {
  readonly #byKey: Map<string, Notice>;
  #nextSequence: number;
  #changed = false;

  constructor(stored: readonly Notice[]) {
    this.#byKey = new Map(stored.map((notice) => [keyOf(notice), notice]));
    this.#nextSequence = stored.reduce((highest, notice) => Math.max(highest, notice.sequence), 0) + 1;
  }

  get changed(): boolean {
    return this.#changed;
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
    this.#changed = true;
  }

  remove(notice: Notice): void {
    this.#changed = this.#byKey.delete(keyOf(notice)) || this.#changed;
  }
}

function keyOf(notice: Omit<Notice, 'sequence'>): string {
  return JSON.stringify([notice.emitter, notice.kind, notice.observer, notice.handler, notice.snapshot]);
}
