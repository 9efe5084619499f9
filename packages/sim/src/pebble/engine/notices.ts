// Notices: what has happened, counted by type and key (canonical/pebble docs/reference/notices.md). The engine itself records one kind,
// `change-update`, with the id of the change as its key.

import type { Clock } from './clock.ts';

export type NoticeType = 'change-update' | 'custom' | 'warning';

export interface Notice {
  readonly id: string;
  readonly type: NoticeType;
  readonly key: string;
  readonly firstOccurred: Date;
  readonly lastOccurred: Date;
  readonly lastRepeated: Date;
  readonly occurrences: number;
  readonly lastData: Readonly<Record<string, string>>;
}

export interface NoticeFilter {
  readonly types: readonly string[];
  readonly keys: readonly string[];
  /** Only what was repeated after this time. */
  readonly after: Date | undefined;
}

/** How long a notice is kept after it last occurred: a week. */
export const noticeLifetimeMs: number = 7 * 24 * 3_600_000;

export class Notices {
  readonly #clock: Clock;
  readonly #notices = new Map<string, Notice>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  record(type: NoticeType, key: string, lastData: Readonly<Record<string, string>>): void {
    const now = this.#clock.now();
    this.#dropExpired(now);
    const name = `${type} ${key}`;
    const old = this.#notices.get(name);
    this.#notices.set(name, {
      id: old?.id ?? String(++this.#lastId),
      type,
      key,
      firstOccurred: old?.firstOccurred ?? now,
      lastOccurred: now,
      lastRepeated: now,
      occurrences: (old?.occurrences ?? 0) + 1,
      lastData,
    });
    for (const listener of this.#listeners) listener();
  }

  get(id: string): Notice | undefined {
    return [...this.#notices.values()].find((notice) => notice.id === id);
  }

  /** Ordered by when they were last repeated. */
  list({ types, keys, after }: NoticeFilter): Notice[] {
    this.#dropExpired(this.#clock.now());
    return [...this.#notices.values()]
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .filter(({ key }) => keys.length === 0 || keys.includes(key))
      .filter(({ lastRepeated }) => after === undefined || lastRepeated > after)
      .toSorted((a, b) => a.lastRepeated.getTime() - b.lastRepeated.getTime());
  }

  /** Those that match, as soon as there are any; none when the signal comes first. */
  async wait(filter: NoticeFilter, signal: AbortSignal): Promise<Notice[]> {
    for (;;) {
      const found = this.list(filter);
      if (found.length > 0 || signal.aborted) return found;
      await this.#nextRecord(signal);
    }
  }

  async #nextRecord(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => resolve();
    this.#listeners.add(done);
    signal.addEventListener('abort', done, { once: true });
    await promise;
    this.#listeners.delete(done);
    signal.removeEventListener('abort', done);
  }

  #dropExpired(now: Date): void {
    for (const [name, { lastOccurred }] of this.#notices) {
      if (now.getTime() - lastOccurred.getTime() > noticeLifetimeMs) this.#notices.delete(name);
    }
  }
}
