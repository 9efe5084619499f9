// Notices: what has happened, counted by user, type and key (canonical/pebble docs/reference/notices.md). The engine itself records one
// kind, `change-update`, with the id of the change as its key.

import type { Clock } from './clock.ts';
import { compareInstants, type Instant } from './instant.ts';

export type NoticeType = 'change-update' | 'custom' | 'warning';

export const noticeTypes: readonly NoticeType[] = ['change-update', 'custom', 'warning'];

export interface Notice {
  readonly id: string;
  /** Whose it is; `undefined` is everybody's. */
  readonly userId: number | undefined;
  readonly type: NoticeType;
  readonly key: string;
  readonly firstOccurred: Instant;
  readonly lastOccurred: Instant;
  readonly lastRepeated: Instant;
  readonly occurrences: number;
  readonly lastData: Readonly<Record<string, string>>;
  /** 0 repeats always. */
  readonly repeatAfterMs: number;
}

export interface NewNotice {
  readonly userId?: number | undefined;
  readonly type: NoticeType;
  readonly key: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly repeatAfterMs?: number;
}

export interface NoticeFilter {
  /** Those of this user, and everybody's; `undefined` is all. */
  readonly userId: number | undefined;
  readonly types: readonly string[];
  readonly keys: readonly string[];
  /** Only what was repeated after this time. */
  readonly after: Instant | undefined;
}

/** How long a notice is kept after it last occurred: a week. */
export const noticeLifetimeMs: number = 7 * 24 * 3_600_000;

// As in Pebble (internals/overlord/overlord.go).
const maxNotices = 1000;

export class Notices {
  readonly #clock: Clock;
  readonly #modified: () => void;
  readonly #notices = new Map<string, Notice>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;
  #last: Instant = { date: new Date(0), nanos: 0 };

  /** `modified` is called when something is to be saved. */
  constructor(clock: Clock, modified: () => void = () => undefined) {
    this.#clock = clock;
    this.#modified = modified;
  }

  /** Returns the id. */
  record({ userId, type, key, data = {}, repeatAfterMs = 0 }: NewNotice): string {
    const now = this.#now();
    this.#dropExpired(now.date);
    const name = JSON.stringify([userId, type, key]);
    const old = this.#notices.get(name);
    const repeats = old === undefined || isDue(old.lastRepeated, repeatAfterMs, now);
    const notice: Notice = {
      id: old?.id ?? String(++this.#lastId),
      userId,
      type,
      key,
      firstOccurred: old?.firstOccurred ?? now,
      lastOccurred: now,
      lastRepeated: repeats ? now : old.lastRepeated,
      occurrences: (old?.occurrences ?? 0) + 1,
      lastData: data,
      repeatAfterMs,
    };
    this.#notices.set(name, notice);
    this.#dropOldest();
    this.#modified();
    if (repeats) for (const listener of this.#listeners) listener();
    return notice.id;
  }

  get(id: string): Notice | undefined {
    return [...this.#notices.values()].find((notice) => notice.id === id);
  }

  /** Ordered by when they were last repeated. */
  list({ userId, types, keys, after }: NoticeFilter): Notice[] {
    this.#dropExpired(this.#clock.now());
    return [...this.#notices.values()]
      .filter((notice) => userId === undefined || notice.userId === undefined || notice.userId === userId)
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .filter(({ key }) => keys.length === 0 || keys.includes(key))
      .filter(({ lastRepeated }) => after === undefined || compareInstants(lastRepeated, after) > 0)
      .toSorted((a, b) => compareInstants(a.lastRepeated, b.lastRepeated));
  }

  /** Those that match, as soon as there are any; none when the signal comes first. */
  async wait(filter: NoticeFilter, signal: AbortSignal): Promise<Notice[]> {
    for (;;) {
      const found = this.list(filter);
      if (found.length > 0 || signal.aborted) return found;
      await this.#nextRecord(signal);
    }
  }

  /** What is known, to be kept over a restart. */
  save(): SavedNotices {
    this.#dropExpired(this.#clock.now());
    return { lastId: this.#lastId, notices: [...this.#notices.values()] };
  }

  restore({ lastId, notices }: SavedNotices): void {
    this.#lastId = lastId;
    for (const notice of notices) {
      this.#notices.set(JSON.stringify([notice.userId, notice.type, notice.key]), notice);
      if (compareInstants(notice.lastOccurred, this.#last) > 0) this.#last = notice.lastOccurred;
    }
    this.#dropExpired(this.#clock.now());
  }

  // No two notices have the same time, so that who asks for what came after one misses none.
  #now(): Instant {
    const date = this.#clock.now();
    const isLater = date.getTime() > this.#last.date.getTime();
    this.#last = isLater ? { date, nanos: 0 } : { date: this.#last.date, nanos: this.#last.nanos + 1 };
    return this.#last;
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

  #dropOldest(): void {
    if (this.#notices.size <= maxNotices) return;
    const byAge = [...this.#notices].toSorted(([, a], [, b]) => compareInstants(a.lastRepeated, b.lastRepeated));
    for (const [name] of byAge.slice(0, byAge.length - maxNotices)) this.#notices.delete(name);
  }

  #dropExpired(now: Date): void {
    for (const [name, { lastOccurred }] of this.#notices) {
      if (now.getTime() - lastOccurred.date.getTime() > noticeLifetimeMs) this.#notices.delete(name);
    }
  }
}

export interface SavedNotices {
  readonly lastId: number;
  readonly notices: readonly Notice[];
}

function isDue(last: Instant, afterMs: number, now: Instant): boolean {
  return afterMs === 0 || now.date.getTime() - last.date.getTime() > afterMs;
}
