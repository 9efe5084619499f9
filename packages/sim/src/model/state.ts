// The state of a Juju model as plain JSON: what the model's database holds. Everything else in this folder computes a next state from
// one. Units that nothing has changed keep their identity, so that a store can write what differs and no more.

import type { MetaSource } from '@charmed/ops/internal';
import type { CloudSpec } from '../juju/context/model.ts';
import type { PortRange } from '../juju/context/network.ts';
import type { Settings } from '../juju/context/relation.ts';
import type { StatusInfo } from '../juju/context/status.ts';
import type { ConfigValue } from '../juju/hook-context.ts';
import type { UnitEvent, WorkloadEvent } from './event.ts';
import type { SecretState } from './secret/state.ts';
import type { StorageState } from './storage-state.ts';

export interface ModelState {
  readonly model: ModelInfo;
  readonly applications: Readonly<Record<string, ApplicationState>>;
  readonly units: Readonly<Record<string, UnitState>>;
  /** Applications of other models, by the name that they have here. */
  readonly remotes: Readonly<Record<string, RemoteApplication>>;
  /** By relation id. */
  readonly relations: Readonly<Record<string, RelationState>>;
  /** Actions asked for, by task id. */
  readonly tasks: Readonly<Record<string, TaskState>>;
  /** By id, bare. */
  readonly secrets: Readonly<Record<string, SecretState>>;
  /** By id, such as `data/0`. */
  readonly storage: Readonly<Record<string, StorageState>>;
}

export interface ModelInfo {
  readonly name: string;
  readonly uuid: string;
  /** The version of Juju that this model behaves like. */
  readonly version: string;
  /** What trusted applications can ask for; `null` when there is no cloud to tell of. */
  readonly cloud: CloudSpec | null;
  readonly nextApplication: number;
  readonly nextMachine: number;
  readonly nextRelation: number;
  /** Operations and tasks share one sequence, as in Juju. */
  readonly nextOperation: number;
  readonly nextStorage: number;
}

export type Life = 'alive' | 'dying';

/** A status and when it was set. */
export interface StatusSince extends StatusInfo {
  /** ISO 8601. */
  readonly since: string;
}

export interface ApplicationState {
  readonly name: string;
  /** Which application of the model it is, counted from 0 and never reused. */
  readonly index: number;
  readonly charm: MetaSource;
  /** Counts refreshes, from 0. */
  readonly charmRevision: number;
  /** What the user has set; options left alone are not in here. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** Grows with every change of the configuration. */
  readonly configVersion: number;
  readonly life: Life;
  /** The unit that leads; `null` while there is none. */
  readonly leader: string | null;
  readonly nextUnit: number;
  /** What the leader has set; `null` until then. */
  readonly status: StatusSince | null;
  readonly workloadVersion: string;
  /** What the leader has told its other units with leader-set. */
  readonly leaderSettings?: Bag;
  /** Whether it may know the cloud and its credential. */
  readonly trusted: boolean;
  /** The files of its resources, by name, as absolute paths. */
  readonly resources: Readonly<Record<string, string>>;
}

/** An application of another model: one whose offer is consumed here, or one that consumes an offer of this model. */
export interface RemoteApplication {
  readonly name: string;
  readonly side: 'offering' | 'consuming';
  readonly life: Life;
  /** Of the model that it is in. */
  readonly modelUuid: string;
  /** Its name there. */
  readonly application: string;
  readonly endpoints: readonly Endpoint[];
}

export interface UnitState {
  readonly name: string;
  readonly application: string;
  readonly number: number;
  readonly address: string;
  /** The machine's number; `null` on Kubernetes. */
  readonly machine: string | null;
  /** The unit that a subordinate goes with; `null` for all others. */
  readonly principal: string | null;
  readonly life: Life;
  readonly installed: boolean;
  readonly started: boolean;
  readonly stopped: boolean;
  /** Its last hook has run; it only waits for its subordinates to go. */
  readonly removed: boolean;
  /** Whether leader-elected has run since the unit became leader. */
  readonly acceptedLeadership: boolean;
  /** The version of the leader settings that the unit was told of last; none if it leads. */
  readonly seenLeaderSettings?: number;
  /** The `configVersion` that the last config-changed saw; `null` before the first. */
  readonly seenConfig: number | null;
  /** The `charmRevision` that is unpacked for this unit. */
  readonly seenCharm: number;
  /** The hook that comes next whatever else happens, that runs, or that has failed. */
  readonly hook: HookProgress | null;
  /** Containers that have come up and whose pebble-ready has not run yet. */
  readonly readyContainers: readonly string[];
  /** What the containers' Pebbles have told and whose hooks have not run yet, in order. */
  readonly workloadEvents?: readonly WorkloadEvent[];
  readonly updateStatusDue: boolean;
  /** The machine was rebooted at the charm's wish, and start has not run since. */
  readonly rebooted: boolean;
  /** What this unit has seen of each relation, by relation id. */
  readonly relations: Readonly<Record<string, SeenRelation>>;
  readonly workloadStatus: StatusSince;
  readonly agentStatus: StatusSince;
  /** Whether the charm has set a status of its own. */
  readonly statusSet: boolean;
  readonly openedPorts: readonly PortRange[];
  readonly charmState: Readonly<Record<string, string>>;
}

export interface HookProgress {
  readonly event: UnitEvent;
  readonly step: 'queued' | 'running' | 'failed';
  /** How often it has failed in a row. */
  readonly failures: number;
}

/** Versions are those of {@link Bag}: a difference is a relation-changed to come. */
export interface SeenRelation {
  /** Whether relation-created has run. */
  readonly created: boolean;
  /** Units that have joined, with the version of their settings last seen. */
  readonly members: Readonly<Record<string, number>>;
  /** Applications whose settings were seen. */
  readonly applications: Readonly<Record<string, number>>;
  /** A unit that has joined and whose relation-changed must follow at once. */
  readonly changedPending: string | null;
}

export interface RelationState {
  readonly id: number;
  readonly life: Life;
  /** One for a peer relation, else the provider's and the requirer's. */
  readonly endpoints: readonly Endpoint[];
  /** The settings of units that are or were in the relation. */
  readonly units: Readonly<Record<string, MemberBag>>;
  readonly applications: Readonly<Record<string, Bag>>;
  /** Of a relation between two models, what both of them call it. */
  readonly token?: string;
  /** The offering model has been asked for it. */
  readonly isConnected?: boolean;
}

export interface Endpoint {
  readonly application: string;
  readonly name: string;
  readonly role: 'requires' | 'provides' | 'peers';
  readonly interface: string;
  /** `container`: each principal unit and its subordinate have the relation to themselves. Both ends of a relation have the same. */
  readonly scope: 'global' | 'container';
}

export interface Bag {
  readonly settings: Settings;
  /** Grows with every change. */
  readonly version: number;
}

export interface MemberBag extends Bag {
  /** `leaving` units are no longer seen by the others, but have hooks to run; of those that have `left`, only the settings remain. */
  readonly scope: 'joined' | 'leaving' | 'left';
  /** Of a container-scoped relation, the principal unit of the pair. */
  readonly container?: string;
}

export interface TaskState {
  readonly id: string;
  readonly operation: string;
  readonly unit: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'aborted';
  /** Nested as action-set's dotted keys say. */
  readonly results: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly log: readonly { readonly at: string; readonly message: string }[];
  readonly enqueued: string;
  readonly started: string | null;
  readonly completed: string | null;
}

/** A model with nothing in it. */
export function emptyModel(
  info: Pick<ModelInfo, 'name' | 'uuid' | 'version'> & Partial<Pick<ModelInfo, 'cloud'>>,
): ModelState {
  const counters = { nextApplication: 0, nextMachine: 0, nextRelation: 0, nextOperation: 1, nextStorage: 0 };
  const model = { cloud: null, ...info, ...counters };
  return { model, applications: {}, units: {}, remotes: {}, relations: {}, tasks: {}, secrets: {}, storage: {} };
}
