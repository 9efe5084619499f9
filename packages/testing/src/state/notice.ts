// A notice that Pebble keeps in a container.

import type { NoticeType } from '@charmed/ops/pebble';
import { nextNoticeId } from './ids.ts';
import { frozen, Value } from './value.ts';

export interface NoticeFields {
  /** Default: one that no other notice has. */
  readonly id?: string;
  /** Whose it is. Default: everybody's. */
  readonly userId?: number | undefined;
  /** Default: `custom`. */
  readonly type?: NoticeType | (string & {});
  /** Default: the first moment of 2030. */
  readonly firstOccurred?: Date;
  /** Default: `firstOccurred`. */
  readonly lastOccurred?: Date;
  /** Default: `lastOccurred`. */
  readonly lastRepeated?: Date;
  /** Default: 1. */
  readonly occurrences?: number;
  readonly lastData?: Readonly<Record<string, string>>;
  readonly repeatAfterMs?: number | undefined;
  /** Default: a week. */
  readonly expireAfterMs?: number | undefined;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export class Notice extends Value {
  /** Such as `example.com/backup-done`. */
  readonly key: string;
  readonly id: string;
  readonly userId: number | undefined;
  readonly type: NoticeType | (string & {});
  readonly firstOccurred: Date;
  readonly lastOccurred: Date;
  readonly lastRepeated: Date;
  readonly occurrences: number;
  readonly lastData: Readonly<Record<string, string>>;
  readonly repeatAfterMs: number | undefined;
  readonly expireAfterMs: number | undefined;

  constructor(key: string, fields: NoticeFields = {}) {
    super();
    this.key = key;
    this.id = fields.id ?? nextNoticeId();
    this.userId = fields.userId;
    this.type = fields.type ?? 'custom';
    this.firstOccurred = frozen(fields.firstOccurred) ?? new Date('2030-01-01T00:00:00Z');
    this.lastOccurred = frozen(fields.lastOccurred) ?? this.firstOccurred;
    this.lastRepeated = frozen(fields.lastRepeated) ?? this.lastOccurred;
    this.occurrences = fields.occurrences ?? 1;
    this.lastData = frozen(fields.lastData ?? {});
    this.repeatAfterMs = fields.repeatAfterMs;
    this.expireAfterMs = fields.expireAfterMs ?? WEEK_MS;
    Object.freeze(this);
  }

  with(changes: NoticeFields): Notice {
    return new Notice(this.key, { ...this, ...changes });
  }
}
