// Notices: what has happened in the container, counted by type and key.

import { parseDuration } from './duration.ts';
import { durationOf } from './changes.ts';
import { PebbleAPIError, PebbleProtocolError, PebbleTimeoutError } from './errors.ts';
import { fieldsOf, listOf, numberOf, optional, textOf, textsOf, timeOf } from './fields.ts';
import { get, post, repeated } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export type NoticeType = 'custom' | 'change-update' | 'warning';

export interface Notice {
  readonly id: string;
  /** Whose it is; `undefined` is everybody's. */
  readonly userId: number | undefined;
  readonly type: NoticeType | (string & {});
  /** Such as `example.com/backup-done`, or the id of a change. */
  readonly key: string;
  readonly firstOccurred: Date;
  readonly lastOccurred: Date;
  /** When it was last told: not with each occurrence, if it has a `repeatAfterMs`. */
  readonly lastRepeated: Date;
  /** As `lastRepeated`, to the nanosecond: what comes after it is asked for with `after`. */
  readonly lastRepeatedExactly: string;
  readonly occurrences: number;
  /** What came with the last occurrence. */
  readonly lastData: Readonly<Record<string, string>>;
  readonly repeatAfterMs: number | undefined;
  /** How long after its last occurrence it is forgotten. */
  readonly expireAfterMs: number | undefined;
}

export interface NotifyOptions {
  readonly data?: Readonly<Record<string, string>> | undefined;
  /** Occurrences within so many milliseconds of the last one that was told are counted only. Default: each is told. */
  readonly repeatAfterMs?: number | undefined;
}

export interface GetNoticesOptions {
  /** Whether to get those of all users, which only an admin may. Default: one's own and those of nobody in particular. */
  readonly users?: 'all' | undefined;
  /** Those of this user, which only an admin may ask for. */
  readonly userId?: number | undefined;
  readonly types?: readonly (NoticeType | (string & {}))[] | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Only what was told after this. A Date is too coarse to ask for what comes after a notice: give its `lastRepeatedExactly`. */
  readonly after?: Date | string | undefined;
}

export interface WaitNoticesOptions extends GetNoticesOptions {
  /** How long to wait, in milliseconds. `Infinity` waits for ever. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_WAIT_MS = 30_000;
const SLICE_MS = 4000;
const GRACE_MS = 5000;

export async function notify(
  transport: PebbleTransport,
  type: NoticeType,
  key: string,
  { data, repeatAfterMs }: NotifyOptions = {},
): Promise<string> {
  const repeatAfter = repeatAfterMs === undefined ? undefined : durationOf(repeatAfterMs);
  const payload = { action: 'add', type, key, data, 'repeat-after': repeatAfter };
  const { result } = await post(transport, `notify ${key}`, '/v1/notices', payload);
  return textOf(fieldsOf(result).id);
}

/** `undefined` when there is none. */
export async function getNotice(transport: PebbleTransport, id: string): Promise<Notice | undefined> {
  try {
    const { result } = await get(transport, `get notice ${id}`, `/v1/notices/${encodeURIComponent(id)}`);
    return noticeFrom(result);
  } catch (error) {
    if (error instanceof PebbleAPIError && error.status === 404) return undefined;
    throw error;
  }
}

export async function getNotices(
  transport: PebbleTransport,
  options: GetNoticesOptions = {},
): Promise<readonly Notice[]> {
  const { result } = await get(transport, 'get notices', `/v1/notices?${queryOf(options).toString()}`);
  return listOf(result, noticeFrom);
}

/** @throws PebbleTimeoutError */
export async function waitNotices(
  transport: PebbleTransport,
  options: WaitNoticesOptions = {},
): Promise<readonly Notice[]> {
  const { timeoutMs = DEFAULT_WAIT_MS, signal } = options;
  const deadline = performance.now() + timeoutMs;
  for (let left = timeoutMs; left > 0; left = deadline - performance.now()) {
    const sliceMs = Math.min(left, SLICE_MS);
    const query = queryOf(options);
    query.set('timeout', durationOf(Math.max(sliceMs, 1)));
    const limits = { signal, timeoutMs: sliceMs + GRACE_MS };
    const { result } = await get(transport, 'wait for notices', `/v1/notices?${query.toString()}`, limits);
    const notices = listOf(result, noticeFrom);
    if (notices.length > 0) return notices;
  }
  throw new PebbleTimeoutError(`cannot wait for notices: none has come within ${timeoutMs} ms`);
}

function queryOf({ users, userId, types = [], keys = [], after }: GetNoticesOptions): URLSearchParams {
  const query = new URLSearchParams([...repeated('types', types), ...repeated('keys', keys)]);
  if (users !== undefined) query.set('users', users);
  if (userId !== undefined) query.set('user-id', String(userId));
  if (after !== undefined) query.set('after', typeof after === 'string' ? after : after.toISOString());
  return query;
}

function noticeFrom(value: unknown): Notice {
  const notice = fieldsOf(value);
  return {
    id: textOf(notice.id),
    userId: optional(notice['user-id'], numberOf),
    type: textOf(notice.type),
    key: textOf(notice.key),
    firstOccurred: timeOf(notice['first-occurred']),
    lastOccurred: timeOf(notice['last-occurred']),
    lastRepeated: timeOf(notice['last-repeated']),
    lastRepeatedExactly: textOf(notice['last-repeated']),
    occurrences: numberOf(notice.occurrences),
    lastData: optional(notice['last-data'], textsOf) ?? {},
    repeatAfterMs: optional(notice['repeat-after'], msOf),
    expireAfterMs: optional(notice['expire-after'], msOf),
  };
}

function msOf(value: unknown): number {
  const ms = parseDuration(textOf(value));
  if (ms !== undefined) return ms;
  throw new PebbleProtocolError(`cannot read Pebble's answer: expected a duration, found ${textOf(value)}`);
}
