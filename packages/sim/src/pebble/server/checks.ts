// `/v1/checks` and `/v1/health` (canonical/pebble docs/reference/health-checks.md; internals/daemon/api_checks.go and api_health.go).

import { quote } from '@charmed/ops/internal';
import type { CheckInfo } from '../engine/checks.ts';
import type { Engine } from '../engine/engine.ts';
import { badRequest, notFound } from '../engine/errors.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { readBody } from './body.ts';
import { type ApiRequest, type Route, listParameter } from './router.ts';

const purpose = 'cannot decode data from request body';

export function checkRoutes(engine: Engine): Route[] {
  return [
    { path: '/v1/checks', GET: ({ query }) => list(engine, query), POST: (request) => act(engine, request) },
    { path: '/v1/checks/refresh', POST: (request) => refresh(engine, request) },
    { path: '/v1/health', GET: ({ query }) => health(engine, query), readers: 'everybody' },
  ];
}

function list({ checks }: Engine, query: URLSearchParams): Answer {
  const level = levelIn(query);
  const matches = ({ level: own }: CheckInfo) => level === '' || level === own;
  return syncAnswer(named(checks.list(), query).filter(matches).map(encodeCheck));
}

async function act({ checks }: Engine, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming, purpose);
  const [action, names] = [payload.text('action'), payload.texts('checks')];
  if (names.length === 0) throw badRequest(`must specify checks for ${action} action`);
  if (action === 'start') return syncAnswer({ changed: checks.start(names) });
  if (action === 'stop') return syncAnswer({ changed: checks.stop(names) });
  throw badRequest(`invalid action ${quote(action)}`);
}

async function refresh({ plan, checks }: Engine, { incoming, signal }: ApiRequest): Promise<Answer> {
  const name = (await readBody(incoming, purpose)).text('name');
  if (name === '') throw badRequest('must specify check name');
  if (!plan.checks.has(name)) throw notFound(`cannot find check with name ${quote(name)}`);
  const { info, error } = await checks.refresh(name, signal);
  return syncAnswer({ info: encodeCheck(info), error });
}

// A ready workload is alive. Checks that are stopped do not count.
function health({ checks }: Engine, query: URLSearchParams): Answer {
  const level = levelIn(query);
  const counts = ({ level: own }: CheckInfo) => level === '' || level === own || (level === 'ready' && own === 'alive');
  const healthy = named(checks.list(), query).every((check) => !counts(check) || check.status !== 'down');
  return { type: 'sync', status: healthy ? 200 : 502, result: { healthy } };
}

function levelIn(query: URLSearchParams): string {
  const level = query.get('level') ?? '';
  if (!['', 'alive', 'ready'].includes(level)) throw badRequest('level must be "alive" or "ready"');
  return level;
}

function named(checks: readonly CheckInfo[], query: URLSearchParams): CheckInfo[] {
  const names = listParameter(query, 'names');
  return checks.filter(({ name }) => names.length === 0 || names.includes(name));
}

function encodeCheck({ changeId, prevChangeId, failures, ...info }: CheckInfo): object {
  return {
    ...info,
    ...(failures > 0 && { failures }),
    'change-id': changeId,
    'prev-change-id': prevChangeId,
  };
}
