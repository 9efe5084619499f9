// Waits for changes.

import type { Change, Task } from './change.ts';
import { PebbleAPIError, PebbleChangeError, PebbleTimeoutError } from './errors.ts';
import { entries, fields, textOf, type Fields } from './fields.ts';
import { get } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface WaitOptions {
  /** Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_CHANGE_TIMEOUT_MS = 30_000;
const SLICE_MS = 4000;

export async function getChange(transport: PebbleTransport, id: string, signal?: AbortSignal): Promise<Change> {
  return changeFrom((await get(transport, `/v1/changes/${encodeURIComponent(id)}`, { signal })).result);
}

/**
 * Waits until the change has ended, well or not.
 *
 * @throws PebbleTimeoutError when it has not within the time limit.
 */
export async function waitChange(transport: PebbleTransport, id: string, options: WaitOptions = {}): Promise<Change> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_CHANGE_TIMEOUT_MS;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0) throw new PebbleTimeoutError(`cannot wait for change ${id}: it has not ended after ${timeoutMs} ms`);
    const change = await waitSlice(transport, id, Math.min(left, SLICE_MS), options.signal);
    if (change) return change;
  }
}

/** Waits, and throws PebbleChangeError if the change failed. */
export async function completeChange(transport: PebbleTransport, id: string, options?: WaitOptions): Promise<Change> {
  const change = await waitChange(transport, id, options);
  if (change.err) throw new PebbleChangeError(change);
  return change;
}

// Pebble holds the request until the change ends or its own time limit passes, which it tells with 504.
async function waitSlice(
  transport: PebbleTransport,
  id: string,
  sliceMs: number,
  signal: AbortSignal | undefined,
): Promise<Change | undefined> {
  const path = `/v1/changes/${encodeURIComponent(id)}/wait?timeout=${(sliceMs / 1000).toFixed(3)}s`;
  try {
    return changeFrom((await get(transport, path, { signal, timeoutMs: sliceMs + 5000 })).result);
  } catch (error) {
    if (error instanceof PebbleAPIError && error.status === 504) return undefined;
    throw error;
  }
}

function changeFrom(value: unknown): Change {
  const change = fields(value, 'a change');
  return {
    id: textOf(change.id),
    kind: textOf(change.kind),
    summary: textOf(change.summary),
    status: textOf(change.status),
    ready: change.ready === true,
    err: textOf(change.err),
    tasks: entries(change.tasks, 'tasks').map(taskFrom),
    data: fields(change.data ?? {}, 'a change'),
  };
}

function taskFrom(task: Fields): Task {
  return {
    id: textOf(task.id),
    kind: textOf(task.kind),
    summary: textOf(task.summary),
    status: textOf(task.status),
    log: Array.isArray(task.log) ? task.log.map(String) : [],
    data: fields(task.data ?? {}, 'a task'),
  };
}
