// `/v1/changes` (canonical/pebble internals/daemon/api_changes.go).

import type { Change } from '../engine/change.ts';
import type { Changes } from '../engine/changes.ts';
import type { Clock } from '../engine/clock.ts';
import { formatDuration, quote } from '@charmed/ops/internal';
import { PebbleError, badRequest } from '../engine/errors.ts';
import { type Task, isReady } from '../engine/task.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { readBody } from './body.ts';
import { type ApiRequest, type Route, durationOf } from './router.ts';

const selections: Readonly<Record<string, (change: Change) => boolean>> = {
  all: () => true,
  'in-progress': ({ status }) => !isReady(status),
  ready: ({ status }) => isReady(status),
};

export function changeRoutes(changes: Changes, clock: Clock): Route[] {
  return [
    { path: '/v1/changes', GET: ({ query }) => list(changes, query) },
    {
      path: '/v1/changes/{id}',
      GET: ({ params }) => syncAnswer(encodeChange(changes.get(params['id'] ?? ''))),
      POST: (request) => abort(changes, request),
    },
    { path: '/v1/changes/{id}/wait', GET: (request) => wait(changes, clock, request) },
  ];
}

function list(changes: Changes, query: URLSearchParams): Answer {
  const selected = selections[query.get('select') || 'in-progress'];
  if (selected === undefined) throw badRequest('select should be one of: all,in-progress,ready');
  const service = query.get('for') ?? '';
  const isFor = ({ plan }: Change) => service === '' || plan.services.includes(service);
  return syncAnswer(
    changes
      .list()
      .filter((change) => selected(change) && isFor(change))
      .map(encodeChange),
  );
}

async function wait(changes: Changes, clock: Clock, { params, query, signal }: ApiRequest): Promise<Answer> {
  const change = changes.get(params['id'] ?? '');
  const timeoutMs = durationOf(query.get('timeout') ?? '', 'timeout');
  if (!(await isInTime(change.ready, clock, timeoutMs, signal))) {
    throw new PebbleError(504, `timed out waiting for change after ${formatDuration(timeoutMs)}`);
  }
  return syncAnswer(encodeChange(change));
}

// No time limit is one of 0.
async function isInTime(ready: Promise<void>, clock: Clock, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const { promise: over, resolve } = Promise.withResolvers<boolean>();
  const timer = timeoutMs === 0 ? undefined : clock.after(Math.max(timeoutMs, 0), () => resolve(false));
  const giveUp = () => resolve(false);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([ready.then(() => true), over]);
  } finally {
    timer?.cancel();
    signal.removeEventListener('abort', giveUp);
  }
}

async function abort(changes: Changes, { params, incoming }: ApiRequest): Promise<Answer> {
  const change = changes.get(params['id'] ?? '');
  const action = (await readBody(incoming, 'cannot decode data from request body')).text('action');
  if (action !== 'abort') throw badRequest(`invalid action ${quote(action)}`);
  if (isReady(change.status)) throw badRequest(`cannot abort change ${change.id} with nothing pending`);
  change.abort();
  return syncAnswer(encodeChange(change));
}

function encodeChange(change: Change): object {
  const { id, plan, status, error, spawnTime, readyTime } = change;
  return {
    id,
    kind: plan.kind,
    summary: plan.summary,
    status,
    ...(plan.tasks.length > 0 && { tasks: plan.tasks.map(encodeTask) }),
    ready: isReady(status),
    err: error,
    'spawn-time': spawnTime,
    'ready-time': readyTime,
  };
}

function encodeTask({ id, plan, status, log, spawnTime, readyTime, data }: Task): object {
  return {
    id,
    kind: plan.kind,
    summary: plan.summary,
    status,
    ...(log.length > 0 && { log }),
    progress: { label: '', done: status === 'Do' ? 0 : 1, total: 1 },
    'spawn-time': spawnTime,
    'ready-time': readyTime,
    data,
  };
}
