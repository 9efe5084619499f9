// `/v1/notices` (canonical/pebble docs/reference/notices.md; internals/daemon/api_notices.go).

import { formatDuration, quote } from '@charmed/ops/internal';
import type { Clock } from '../engine/clock.ts';
import { badRequest, forbidden, notFound } from '../engine/errors.ts';
import { formatInstant, type Instant, parseInstant } from '../engine/instant.ts';
import { type Notice, type NoticeFilter, type Notices, noticeLifetimeMs, noticeTypes } from '../engine/notices.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { type Payload, readBody } from './body.ts';
import { type ApiRequest, type Route, durationOf, listParameter } from './router.ts';

// Such as `example.com/backup-done`.
const customKey = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+(\/[a-z0-9]+(-[a-z0-9]+)*)+$/;
const maxKeyLength = 256;
const maxDataBytes = 4 * 1024;
const maxUserId = 2 ** 32 - 1;

export function noticeRoutes(notices: Notices, clock: Clock): Route[] {
  return [
    {
      path: '/v1/notices',
      GET: (request) => list(notices, clock, request),
      POST: (request) => add(notices, request),
      writers: 'user',
    },
    { path: '/v1/notices/{id}', GET: (request) => show(notices, request) },
  ];
}

async function list(notices: Notices, clock: Clock, request: ApiRequest): Promise<Answer> {
  const { query, signal } = request;
  const userId = userIdIn(request);
  const asked = listParameter(query, 'types');
  const types = asked.filter((type) => noticeTypes.some((known) => known === type));
  if (asked.length > 0 && types.length === 0) return syncAnswer([]);
  const after = parseTime(query.get('after') ?? '');
  const filter: NoticeFilter = { userId, types, keys: listParameter(query, 'keys'), after };
  const timeoutMs = durationOf(query.get('timeout') ?? '', 'timeout');
  if (timeoutMs <= 0) return syncAnswer(notices.list(filter).map(encodeNotice));
  const over = new AbortController();
  const timer = clock.after(timeoutMs, () => over.abort());
  const found = await notices.wait(filter, AbortSignal.any([signal, over.signal]));
  timer.cancel();
  return syncAnswer(found.map(encodeNotice));
}

// By default those of the client, and everybody's.
function userIdIn({ query, user }: ApiRequest): number | undefined {
  if (user.uid === undefined) throw forbidden('cannot determine UID of request, so cannot retrieve notices');
  const [users, ids] = [query.getAll('users'), query.getAll('user-id')];
  if (ids.length > 0 && user.access !== 'admin') throw forbidden('only admins may use the "user-id" filter');
  const userId = ids.length > 0 ? parseUserId(listParameter(query, 'user-id')) : user.uid;
  if (users.length === 0) return userId;
  if (user.access !== 'admin') throw forbidden('only admins may use the "users" filter');
  if (ids.length > 0) throw badRequest('cannot use both "users" and "user-id" parameters');
  if (users[0] !== 'all') throw badRequest('invalid "users" filter: must be "all"');
  return undefined;
}

function parseUserId(ids: readonly string[]): number {
  const invalid = (reason: string) => badRequest(`invalid "user-id" filter: ${reason}`);
  const [id = ''] = ids;
  if (ids.length !== 1) throw invalid('must only include one "user-id"');
  if (!/^[+-]?\d+$/.test(id)) throw invalid(`strconv.ParseInt: parsing ${quote(id)}: invalid syntax`);
  if (Number(id) < 0 || Number(id) > maxUserId) throw invalid(`user ID is not a valid uint32: ${Number(id)}`);
  return Number(id);
}

async function add(notices: Notices, { incoming, user }: ApiRequest): Promise<Answer> {
  const { uid } = user;
  if (uid === undefined) throw forbidden('cannot determine UID of request, so cannot create notice');
  const payload = await readBody(incoming);
  const [action, type, key] = [payload.text('action'), payload.text('type'), payload.text('key')];
  if (action !== 'add') throw badRequest(`invalid action ${quote(action)}`);
  if (type !== 'custom') throw badRequest(`invalid type ${quote(type)} (can only add "custom" notices)`);
  if (!customKey.test(key)) throw badRequest(`invalid key ${quote(key)} (must be in "example.com/path" format)`);
  if (key.length > maxKeyLength) throw badRequest(`key must be ${maxKeyLength} bytes or less`);
  const repeatAfterMs = durationOf(payload.text('repeat-after'), 'repeat-after');
  return syncAnswer({ id: notices.record({ userId: uid, type, key, data: dataIn(payload), repeatAfterMs }) });
}

function dataIn(payload: Payload): Readonly<Record<string, string>> {
  const data = payload.dictionary('data');
  if (Buffer.byteLength(JSON.stringify(data)) <= maxDataBytes) return data;
  throw badRequest(`total size of data must be ${maxDataBytes} bytes or less`);
}

function show(notices: Notices, { params, user }: ApiRequest): Answer {
  if (user.uid === undefined) throw forbidden('cannot determine UID of request, so cannot retrieve notice');
  const id = params['id'] ?? '';
  const notice = notices.get(id);
  if (notice === undefined) throw notFound(`cannot find notice with ID ${quote(id)}`);
  const isTheirs = notice.userId === undefined || notice.userId === user.uid || user.access === 'admin';
  if (!isTheirs) throw forbidden(`not allowed to access notice with id ${quote(id)}`);
  return syncAnswer(encodeNotice(notice));
}

function parseTime(text: string): Instant | undefined {
  if (text === '') return undefined;
  const time = parseInstant(text);
  if (time === undefined) throw badRequest(`invalid "after" timestamp: cannot parse ${quote(text)}`);
  return time;
}

function encodeNotice(notice: Notice): object {
  const { lastData, repeatAfterMs } = notice;
  return {
    id: notice.id,
    'user-id': notice.userId ?? null,
    type: notice.type,
    key: notice.key,
    'first-occurred': formatInstant(notice.firstOccurred),
    'last-occurred': formatInstant(notice.lastOccurred),
    'last-repeated': formatInstant(notice.lastRepeated),
    occurrences: notice.occurrences,
    ...(Object.keys(lastData).length > 0 && { 'last-data': lastData }),
    ...(repeatAfterMs > 0 && { 'repeat-after': formatDuration(repeatAfterMs) }),
    'expire-after': formatDuration(noticeLifetimeMs),
  };
}
