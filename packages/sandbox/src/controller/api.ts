// What clients may ask of the controller. Client and server share these types; the protocol is in protocol.ts.

import type { ConfigValue } from '@charmed/sim/juju';
import type { ConfigChange, TaskState } from '@charmed/sim/model';
import type { SandboxStatus } from '../status/full-status.ts';
import type { LogLine } from './store.ts';

/** Each method: its parameters, what it reports meanwhile, and its result. */
export interface SandboxApi {
  deploy: Method<DeployParams, never, DeployResult>;
  refresh: Method<{ readonly application: string; readonly charm: string }, never, null>;
  integrate: Method<{ readonly endpoints: readonly [string, string] }, never, { readonly relation: string }>;
  'remove-relation': Method<{ readonly endpoints: readonly [string, string] }, never, null>;
  config: Method<{ readonly application: string }, never, ConfigResult>;
  'set-config': Method<{ readonly application: string; readonly change: ConfigChange }, never, null>;
  run: Method<RunParams, RunEvent, TaskState>;
  'add-unit': Method<
    { readonly application: string; readonly count: number },
    never,
    { readonly units: readonly string[] }
  >;
  'remove-unit': Method<{ readonly units: readonly string[] }, never, null>;
  'remove-application': Method<{ readonly applications: readonly string[] }, never, null>;
  /** Runs failed hooks again at once. */
  resolved: Method<{ readonly units: readonly string[] }, never, null>;
  status: Method<null, never, SandboxStatus>;
  wait: Method<WaitParams, SandboxStatus, WaitResult>;
  log: Method<LogParams, LogLine, null>;
  /** Ends the controller with everything that it runs. */
  shutdown: Method<null, never, { readonly uuid: string }>;
}

export interface Method<Params, Event, Result> {
  readonly params: Params;
  readonly event: Event;
  readonly result: Result;
}

export interface DeployParams {
  /** Absolute path of a `.charm` file. */
  readonly charm: string;
  readonly name: string | undefined;
  readonly config: ConfigChange;
  readonly units: number;
  /** Files of the charm's resources, by name, as absolute paths. */
  readonly resources: Readonly<Record<string, string>>;
  /** Of the whole sandbox: the first delay before a failed hook runs again. */
  readonly retryDelayMs: number | undefined;
}

export interface DeployResult {
  readonly application: string;
  readonly kubernetes: boolean;
}

export interface ConfigResult {
  readonly options: Readonly<Record<string, ConfigOption>>;
}

export interface ConfigOption {
  readonly type: string;
  readonly description: string;
  readonly value: ConfigValue | null;
  readonly source: 'default' | 'user' | 'unset';
}

export interface RunParams {
  readonly unit: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type RunEvent =
  | { readonly kind: 'queued'; readonly operation: string; readonly task: string }
  | { readonly kind: 'log'; readonly at: string; readonly message: string };

export interface WaitParams {
  /** Those that have to be active with idle agents; all of them when empty. */
  readonly applications: readonly string[];
  readonly timeoutMs: number;
}

export interface WaitResult {
  readonly ready: boolean;
  /** Why not: for each unit that is not active, its state and its last complaint in the log. */
  readonly reasons: readonly string[];
}

export interface LogParams {
  readonly limit: number;
  readonly follow: boolean;
  /** Only lines of these units. */
  readonly units: readonly string[];
}
