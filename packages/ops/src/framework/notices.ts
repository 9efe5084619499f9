// The queue of deferred events, in the order in which they were deferred, each at most once unless duplicates are kept.

import type { Notice } from './store.ts';

export class Notices {
  readonly #byKey: Map<string, Notice>;
  readonly #stored: readonly string[];
  readonly #keepsDuplicates: boolean;
  #nextSequence: number;
  #recounted = false;

  constructor(stored: readonly Notice[], keepsDuplicates = false) {
    this.#keepsDuplicates = keepsDuplicates;
    this.#byKey = new Map(stored.map((notice) => [this.#keyOf(notice), notice]));
    this.#stored = [...this.#byKey.keys()];
    this.#nextSequence = stored.reduce((highest, notice) => Math.max(highest, notice.sequence), 0) + 1;
  }

  /** Whether the queue differs from what was stored. */
  get changed(): boolean {
    if (this.#recounted) return true;
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
  has(notice: Notice): boolean {
    return this.#byKey.has(this.#keyOf(notice));
  }

  add(notice: Notice): void {
    this.#byKey.set(this.#keyOf(notice), notice);
    this.#nextSequence = Math.max(this.#nextSequence, notice.sequence + 1);
  }

  /** Counts a dispatch in which the notice could not be delivered. It keeps its place. */
  miss(notice: Notice): void {
    this.#recount(notice, notice.missed + 1);
  }

  /** Starts the count again: the notice was delivered, and deferred once more. */
  heard(notice: Notice): void {
    if (notice.missed > 0) this.#recount(notice, 0);
  }

  remove(notice: Notice): void {
    this.#byKey.delete(this.#keyOf(notice));
  }

  #recount(notice: Notice, missed: number): void {
    this.#byKey.set(this.#keyOf(notice), { ...notice, missed });
    this.#recounted = true;
  }

  #keyOf({ emitter, kind, observer, handler, snapshot, sequence }: Notice): string {
    const identity = [emitter, kind, observer, handler, snapshot];
    return JSON.stringify(this.#keepsDuplicates ? [...identity, sequence] : identity);
  }
}
