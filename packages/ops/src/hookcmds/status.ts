// The hook commands of the noun "status": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, tell } from './command.ts';
import { record, recordOf, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** What a charm can set. */
export type SettableStatusName = 'active' | 'blocked' | 'maintenance' | 'waiting';

/** The others are Juju's. */
export type StatusName = SettableStatusName | 'error' | 'unknown';

export interface StatusAnswer {
  readonly status: string;
  readonly message: string;
  /** What whoever set it attached. Charms cannot. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ApplicationStatusAnswer extends StatusAnswer {
  /** The statuses of the application's units, by name. */
  readonly units: Readonly<Record<string, StatusAnswer>>;
}

/** @param options.app whether the application is meant, of which only its leader may know. Default: this unit. */
export function statusGet(runner: HookRunner, options?: { readonly app?: false }): Operation<StatusAnswer>;
export function statusGet(runner: HookRunner, options: { readonly app: true }): Operation<ApplicationStatusAnswer>;
export function statusGet(runner: HookRunner, options: { readonly app?: boolean } = {}): Operation<StatusAnswer> {
  const { app = false } = options;
  return ask<StatusAnswer>(
    runner,
    'status-get',
    ['--include-data', `--application=${app}`],
    app ? applicationStatus : statusFrom,
  );
}

export function statusSet(
  runner: HookRunner,
  status: { readonly status: SettableStatusName; readonly message: string },
  options: { readonly app?: boolean } = {},
): Operation<void> {
  const { app = false } = options;
  return tell(runner, 'status-set', [`--application=${app}`, status.status, '--', status.message]);
}

// The application's own status is wrapped, beside those of its units.
function applicationStatus(value: unknown): ApplicationStatusAnswer {
  const status = record(record(value)['application-status']);
  return { ...statusFrom(status), units: recordOf(status.units ?? {}, statusFrom) };
}

function statusFrom(value: unknown): StatusAnswer {
  const answer = record(value);
  return {
    status: text(answer.status),
    message: text(answer.message ?? ''),
    data: record(answer['status-data'] ?? {}),
  };
}
