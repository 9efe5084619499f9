// Health checks: what Pebble asks of a workload again and again.

import { fieldsOf, listOf, numberOf, optional, textOf } from './fields.ts';
import { get, post, repeated } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export type CheckLevel = 'alive' | 'ready';

export interface CheckInfo {
  readonly name: string;
  /** `undefined` for a check that counts for neither. */
  readonly level: CheckLevel | (string & {}) | undefined;
  /** Whether it runs from the start. */
  readonly startup: 'enabled' | 'disabled' | (string & {});
  /** A check is `up` until it has failed `threshold` times in a row, and `inactive` while it is stopped. */
  readonly status: 'up' | 'down' | 'inactive' | (string & {});
  /** How many times it has succeeded since it last failed. Old Pebbles do not tell. */
  readonly successes: number | undefined;
  /** How many times in a row it has failed. */
  readonly failures: number;
  readonly threshold: number;
  /** The change that runs it, whose task logs what went wrong. */
  readonly changeId: string | undefined;
  /** Whether it has run at least once; `undefined` where Pebble does not tell. */
  readonly hasRun: boolean | undefined;
}

export interface GetChecksOptions {
  readonly level?: CheckLevel | undefined;
  /** Default: all. Unknown names are ignored. */
  readonly names?: readonly string[] | undefined;
}

export interface RefreshCheckOptions {
  /** Ends the wait; the check runs on. */
  readonly signal?: AbortSignal | undefined;
}

export interface RefreshedCheck {
  readonly info: CheckInfo;
  /** Why it failed, if it did. */
  readonly error: string | undefined;
}

export async function getChecks(
  transport: PebbleTransport,
  options: GetChecksOptions = {},
): Promise<readonly CheckInfo[]> {
  const { result } = await get(transport, 'get checks', `/v1/checks${queryOf(options)}`);
  return listOf(result, checkFrom);
}

/** Returns those that were in the other state before. */
export async function changeChecks(
  transport: PebbleTransport,
  action: 'start' | 'stop',
  checks: readonly string[],
): Promise<readonly string[]> {
  const what = [action, 'checks', ...checks].join(' ');
  const { result } = await post(transport, what, '/v1/checks', { action, checks });
  return listOf(fieldsOf(result).changed, textOf);
}

export async function refreshCheck(
  transport: PebbleTransport,
  name: string,
  { signal }: RefreshCheckOptions = {},
): Promise<RefreshedCheck> {
  // A check may take up to its own time limit, which only Pebble knows.
  const limits = { timeoutMs: Infinity, signal };
  const { result } = await post(transport, `refresh check ${name}`, '/v1/checks/refresh', { name }, limits);
  const { info, error } = fieldsOf(result);
  return { info: checkFrom(info), error: optional(error, textOf) || undefined };
}

export function queryOf({ level, names = [] }: GetChecksOptions): string {
  const query = new URLSearchParams(repeated('names', names));
  if (level !== undefined) query.set('level', level);
  return query.size > 0 ? `?${query.toString()}` : '';
}

function checkFrom(value: unknown): CheckInfo {
  const check = fieldsOf(value);
  const startup = optional(check.startup, textOf) || undefined;
  const changeId = optional(check['change-id'], textOf) || undefined;
  const successes = optional(check.successes, numberOf);
  const failures = optional(check.failures, numberOf) ?? 0;
  return {
    name: textOf(check.name),
    level: optional(check.level, textOf) || undefined,
    startup: startup ?? 'enabled',
    // Pebbles that have changes for checks have none for those that are stopped.
    status: startup !== undefined && changeId === undefined ? 'inactive' : textOf(check.status),
    successes,
    failures,
    threshold: optional(check.threshold, numberOf) ?? 0,
    changeId,
    hasRun: failures > 0 || (successes === undefined ? undefined : successes > 0),
  };
}
