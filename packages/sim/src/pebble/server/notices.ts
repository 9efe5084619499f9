// `/v1/notices` (canonical/pebble docs/reference/notices.md; internals/daemon/api_notices.go). Who may reach the socket is its owner, so
// everybody is an admin.

import { formatDuration } from '@charmed/ops/internal';
import { badRequest, notFound } from '../engine/errors.ts';
import { type Notice, type Notices, noticeLifetimeMs } from '../engine/notices.ts';
import { quote } from '../engine/quote.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { type ApiRequest, type Route, durationOf, listParameter } from './router.ts';

const types = ['change-update', 'custom', 'warning'];

export function noticeRoutes(notices: Notices): Route[] {
  return [
    { path: '/v1/notices', GET: (request) => list(notices, request) },
    { path: '/v1/notices/{id}', GET: ({ params }) => show(notices, params['id'] ?? '') },
  ];
}

async function list(notices: Notices, { query, signal }: ApiRequest): Promise<Answer> {
  checkUsers(query);
  const asked = listParameter(query, 'types');
  const known = asked.filter((type) => types.includes(type));
  if (asked.length > 0 && known.length === 0) return syncAnswer([]);
  const filter = { types: known, keys: listParameter(query, 'keys'), after: parseTime(query.get('after') ?? '') };
  const timeoutMs = durationOf(query.get('timeout') ?? '', 'timeout');
  if (timeoutMs <= 0) return syncAnswer(notices.list(filter).map(encodeNotice));
  const found = await notices.wait(filter, AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]));
  return syncAnswer(found.map(encodeNotice));
}

// All notices that there are belong to nobody in particular, so whose are asked for makes no difference.
function checkUsers(query: URLSearchParams): void {
  const [users, ids] = [query.getAll('users'), query.getAll('user-id')];
  const id = ids.length > 0 ? listParameter(query, 'user-id') : ['0'];
  if (id.length !== 1) throw badRequest('invalid "user-id" filter: must only include one "user-id"');
  if (!/^\d+$/.test(id[0] ?? '')) {
    throw badRequest(`invalid "user-id" filter: strconv.ParseInt: parsing ${quote(id[0] ?? '')}: invalid syntax`);
  }
  if (users.length > 0 && ids.length > 0) throw badRequest('cannot use both "users" and "user-id" parameters');
  if (users.length > 0 && users[0] !== 'all') throw badRequest('invalid "users" filter: must be "all"');
}

function show(notices: Notices, id: string): Answer {
  const notice = notices.get(id);
  if (notice === undefined) throw notFound(`cannot find notice with ID ${quote(id)}`);
  return syncAnswer(encodeNotice(notice));
}

function parseTime(text: string): Date | undefined {
  if (text === '') return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw badRequest(`invalid "after" timestamp: cannot parse ${quote(text)}`);
  return time;
}

function encodeNotice(notice: Notice): object {
  return {
    id: notice.id,
    'user-id': null,
    type: notice.type,
    key: notice.key,
    'first-occurred': notice.firstOccurred,
    'last-occurred': notice.lastOccurred,
    'last-repeated': notice.lastRepeated,
    occurrences: notice.occurrences,
    'last-data': notice.lastData,
    'expire-after': formatDuration(noticeLifetimeMs),
  };
}
