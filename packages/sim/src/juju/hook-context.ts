// What hook commands are implemented against: the model as one hook sees it. Follows Juju's interface of the same name (juju/juju:
// internal/worker/uniter/runner/jujuc/context.go). Reads show what this hook has changed; whether the rest of the model sees a change
// at once or when the hook has succeeded is said with each method, and is the implementation's business.

import { OpsError } from '@charmed/ops/internal';

export type ConfigValue = string | number | boolean;
export type Settings = Readonly<Record<string, string>>;

/** Refused, with the text that Juju prints behind `ERROR`. */
export class HookContextError extends OpsError {
  constructor(message: string) {
    super('hook-context', message);
  }
}

export interface StatusInfo {
  readonly status: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface HookRelation {
  readonly id: number;
  readonly endpoint: string;
  /** The application on the other side; our own for peers. */
  readonly remoteApplication: string;
  /** Remote units, or the other peers, by name. */
  readonly units: readonly string[];
}

/** The relation that the hook is about. */
export interface CurrentRelation {
  readonly id: number;
  readonly remoteUnit: string | undefined;
  readonly remoteApplication: string;
}

export interface PortRange {
  /** The endpoint it is opened for; empty means all. */
  readonly endpoint: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly from: number;
  readonly to: number;
}

export interface NetworkInfo {
  readonly interfaces: readonly {
    readonly name: string;
    readonly macAddress: string;
    readonly addresses: readonly { readonly address: string; readonly cidr: string }[];
  }[];
  readonly ingressAddresses: readonly string[];
  readonly egressSubnets: readonly string[];
}

export interface GoalState {
  /** The units of the application, by name. */
  readonly units: Readonly<Record<string, Goal>>;
  /** By endpoint, then by remote application or unit. Peers are not among them. */
  readonly relations: Readonly<Record<string, Readonly<Record<string, Goal>>>>;
}

export interface Goal {
  readonly status: string;
  /** ISO 8601; `undefined` when not known. */
  readonly since: string | undefined;
}

export interface ConfigContext {
  /** All options that the charm declares, with what is set or their default; `null` without either. */
  config(): Readonly<Record<string, ConfigValue | null>>;
}

export interface LeadershipContext {
  isLeader(): boolean;
}

export interface RelationContext {
  readonly currentRelation: CurrentRelation | undefined;
  /** Ids of the endpoint's relations, ascending; none for an unknown endpoint. */
  relationIds(endpoint: string): readonly number[];
  relation(id: number): HookRelation | undefined;
  /** @param member a unit or an application. `undefined` when it is not, and never was, in the relation. */
  relationSettings(id: number, member: string): Settings | undefined;
  /** Changes our unit's or, for a leader, our application's settings; an empty value deletes. Visible when the hook succeeds. */
  updateRelationSettings(id: number, owner: 'unit' | 'application', changes: Settings): void;
}

export interface StatusContext {
  unitStatus(): StatusInfo;
  /** The application's status as its leader set it, and those of its units. */
  applicationStatus(): { readonly application: StatusInfo; readonly units: Readonly<Record<string, StatusInfo>> };
  /** Visible at once. */
  setUnitStatus(status: string, message: string): void;
  /** Visible at once. */
  setApplicationStatus(status: string, message: string): void;
}

export interface LogContext {
  /** Visible at once. @param level upper case, such as `DEBUG`. */
  log(level: string, message: string): void;
}

export interface ActionContext {
  /** The parameters of the action that runs, with defaults; `undefined` in a hook. */
  readonly actionParams: Readonly<Record<string, unknown>> | undefined;
  /** Delivered when the action ends, also if it fails. @param key in dotted form. */
  setActionResult(key: string, value: string): void;
  /** Marks the action as failed, with this message. */
  failAction(message: string): void;
  /** Visible at once. */
  logAction(message: string): void;
}

export interface PortContext {
  openedPorts(): readonly PortRange[];
  /** Happens when the hook succeeds. */
  openPort(port: PortRange): void;
  /** Happens when the hook succeeds. */
  closePort(port: PortRange): void;
}

export interface WorkloadContext {
  /** Visible at once. */
  setWorkloadVersion(version: string): void;
}

export interface CharmStateContext {
  /** What the charm keeps in the controller. Changes are kept when the hook succeeds. */
  charmState(): Settings;
  setCharmState(key: string, value: string): void;
  deleteCharmState(key: string): void;
}

export interface NetworkContext {
  /** `undefined` for an unknown binding. */
  network(binding: string): NetworkInfo | undefined;
  privateAddress(): string | undefined;
  publicAddress(): string | undefined;
}

export interface GoalStateContext {
  /** Who the model is meant to have, as far as this application is concerned. */
  goalState(): GoalState;
}

export interface HookContext
  extends
    ConfigContext,
    LeadershipContext,
    RelationContext,
    StatusContext,
    LogContext,
    ActionContext,
    PortContext,
    WorkloadContext,
    CharmStateContext,
    NetworkContext,
    GoalStateContext {
  /** Such as `web/0`. */
  readonly unitName: string;
}
