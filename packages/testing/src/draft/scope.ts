// What each part of a draft is made from.

import type { LogLevel, MetaSource, StatusBase } from '@charmed/ops';
import type { ContextEvent } from '../events/context-event.ts';
import type { StateFields } from '../state/fields.ts';
import type { State } from '../state/state.ts';

/** What a run tells beside the state that comes out of it. */
export interface Records {
  readonly jujuLog: { readonly level: LogLevel; readonly message: string }[];
  readonly unitStatusHistory: StatusBase[];
  readonly appStatusHistory: StatusBase[];
  readonly workloadVersionHistory: string[];
  readonly actionLogs: string[];
  readonly removedSecretRevisions: number[];
  readonly requestedStorages: Record<string, number>;
}

export function emptyRecords(): Records {
  return {
    jujuLog: [],
    unitStatusHistory: [],
    appStatusHistory: [],
    workloadVersionHistory: [],
    actionLogs: [],
    removedSecretRevisions: [],
    requestedStorages: {},
  };
}

/** The fields of the state that a run has changed so far. */
export type Changes = { -readonly [K in keyof StateFields]: StateFields[K] };

export interface DraftScope {
  readonly state: State;
  readonly changes: Changes;
  readonly event: ContextEvent;
  readonly meta: MetaSource;
  /** Such as `web/0`. */
  readonly unitName: string;
  readonly appName: string;
  /** Whether the application may know the credential of its cloud. */
  readonly isTrusted: boolean;
  readonly records: Records;
}

/** As it is by now. */
export function current<K extends keyof Changes & keyof State>(scope: DraftScope, field: K): State[K] {
  return (scope.changes[field] ?? scope.state[field]) as State[K];
}
