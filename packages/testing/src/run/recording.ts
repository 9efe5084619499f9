// What a run tells beside the state that comes out of it.

import type { JsonObject, LogLevel, StatusBase } from '@charmed/ops';
import type { ExecArgs } from './exec-args.ts';

/** An event that somebody has emitted in a run. */
export interface EmittedEvent {
  /** Such as `config-changed`. */
  readonly kind: string;
  /** Who emitted it: `charm/on` for what came from Juju. */
  readonly emitter: string;
  /** What it was made from; of an event of the charm's own, its payload. */
  readonly snapshot: JsonObject;
  /** Whether an earlier dispatch had deferred it. */
  readonly isDeferred: boolean;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
}

export interface Recording {
  /** In the order in which they were emitted, whether somebody observed them or not. */
  readonly emittedEvents: readonly EmittedEvent[];
  /** What the charm logged, by the logger or the console. */
  readonly jujuLog: readonly LogLine[];
  /** The status of the unit before each time that it was set: the last one of all is in the state. */
  readonly unitStatusHistory: readonly StatusBase[];
  /** The same of the application. */
  readonly appStatusHistory: readonly StatusBase[];
  /** The versions of the workload before each time that one was set, without the empty one. */
  readonly workloadVersionHistory: readonly string[];
  readonly actionLogs: readonly string[];
  /** Nested, as the operator gets them; `undefined` if the charm has set none. */
  readonly actionResults: Readonly<Record<string, unknown>> | undefined;
  /** The commands that were run in each container, by its name. */
  readonly execHistory: Readonly<Record<string, readonly ExecArgs[]>>;
  /** How many more of each storage the charm has asked for, last. */
  readonly requestedStorages: Readonly<Record<string, number>>;
  readonly removedSecretRevisions: readonly number[];
  /** What was probably not meant: of the state, of the event, or commands in containers that nothing answers. */
  readonly warnings: readonly string[];
  /** When the charm has asked for a reboot, if it has. */
  readonly reboot: 'after-hook' | 'now' | undefined;
}

export const NOTHING_RECORDED: Recording = {
  emittedEvents: [],
  jujuLog: [],
  unitStatusHistory: [],
  appStatusHistory: [],
  workloadVersionHistory: [],
  actionLogs: [],
  actionResults: undefined,
  execHistory: {},
  requestedStorages: {},
  removedSecretRevisions: [],
  warnings: [],
  reboot: undefined,
};
