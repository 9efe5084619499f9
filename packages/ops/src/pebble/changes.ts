// Changes: work that Pebble goes on with after it has answered.

import type { Change, Task } from './change.ts';
import { PebbleAPIError, PebbleChangeError, PebbleTimeoutError } from './errors.ts';
import { fieldsOf, flagOf, listOf, numberOf, optional, textOf, timeOf, type Fields } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface WaitOptions {
  /** How long to wait for the end of the change, in milliseconds. `Infinity` waits for ever. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_WAIT_MS = 30_000;

/** How long Pebble is asked to hold one request. */
const SLICE_MS = 4000;
/** How much later than that it may answer. */
const GRACE_MS = 5000;
/** How long to wait before asking a Pebble again that does not hold requests. */
const POLL_MS = 100;

export interface GetChangesOptions {
  /** Default: `in-progress`. */
  readonly select?: 'all' | 'in-progress' | 'ready' | undefined;
  /** Only those that are about this service. */
  readonly service?: string | undefined;
}

/** The oldest first. */
export async function getChanges(
  transport: PebbleTransport,
  { select = 'in-progress', service }: GetChangesOptions = {},
): Promise<readonly Change[]> {
  const query = new URLSearchParams({ select, ...(service !== undefined && { for: service }) });
  const { result } = await get(transport, 'get changes', `/v1/changes?${query.toString()}`);
  return listOf(result, changeFrom);
}

export async function abortChange(transport: PebbleTransport, id: string): Promise<Change> {
  const { result } = await post(transport, `abort change ${id}`, pathOf(id), { action: 'abort' });
  return changeFrom(result);
}

export async function getChange(transport: PebbleTransport, id: string): Promise<Change> {
  return changeFrom((await get(transport, `get change ${id}`, pathOf(id))).result);
}

/** Waits until the change has ended, well or not. @throws PebbleTimeoutError. */
export async function waitChange(transport: PebbleTransport, id: string, options: WaitOptions = {}): Promise<Change> {
  const { timeoutMs = DEFAULT_WAIT_MS, signal } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0) {
      throw new PebbleTimeoutError(`cannot complete change ${id}: it has not ended after ${timeoutMs} ms`);
    }
    const asked = performance.now();
    const change = await waitSlice(transport, id, Math.min(left, SLICE_MS), signal);
    if (change) return change;
    await pause(Math.min(asked + POLL_MS - performance.now(), left), signal);
  }
}

/** As `waitChange`. @throws PebbleChangeError when the change failed. */
export async function completeChange(transport: PebbleTransport, id: string, options?: WaitOptions): Promise<Change> {
  const change = await waitChange(transport, id, options);
  if (change.err) throw new PebbleChangeError(change.err, change);
  return change;
}

// Pebble holds the request until the change ends or its own time limit passes, which it tells with 504.
async function waitSlice(
  transport: PebbleTransport,
  id: string,
  sliceMs: number,
  signal: AbortSignal | undefined,
): Promise<Change | undefined> {
  const path = `${pathOf(id)}/wait?timeout=${durationOf(sliceMs)}`;
  try {
    const { result } = await get(transport, `wait for change ${id}`, path, { signal, timeoutMs: sliceMs + GRACE_MS });
    return changeFrom(result);
  } catch (error) {
    if (!(error instanceof PebbleAPIError)) throw error;
    if (error.status === 504) return undefined;
    if (error.status !== 404) throw error;
    // There is no such change, or this Pebble is too old to wait.
    const change = await getChange(transport, id);
    return change.ready ? change : undefined;
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const wake = () => resolve();
  signal?.addEventListener('abort', wake);
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener('abort', wake);
  signal?.throwIfAborted();
}

/** Milliseconds as Pebble takes them, such as `1.500s`. */
export function durationOf(ms: number): string {
  return `${(ms / 1000).toFixed(3)}s`;
}

function pathOf(id: string): string {
  return `/v1/changes/${encodeURIComponent(id)}`;
}

function changeFrom(value: unknown): Change {
  const change = fieldsOf(value);
  return {
    ...common(change),
    tasks: listOf(change.tasks, taskFrom),
    ready: flagOf(change.ready),
    err: optional(change.err, textOf),
  };
}

function taskFrom(value: unknown): Task {
  const task = fieldsOf(value);
  const progress = fieldsOf(task.progress);
  return {
    ...common(task),
    log: listOf(task.log, textOf),
    progress: { label: textOf(progress.label), done: numberOf(progress.done), total: numberOf(progress.total) },
  };
}

function common(fields: Fields) {
  return {
    id: textOf(fields.id),
    kind: textOf(fields.kind),
    summary: textOf(fields.summary),
    status: textOf(fields.status),
    spawnTime: timeOf(fields['spawn-time']),
    readyTime: optional(fields['ready-time'], timeOf),
    data: optional(fields.data, fieldsOf) ?? {},
  };
}
