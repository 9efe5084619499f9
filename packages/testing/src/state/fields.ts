// What a state is made from.

import type {
  BindingName,
  ContainerName,
  MetaSource,
  Port,
  RelationName,
  ResourceName,
  StatusBase,
  StorageName,
} from '@charmed/ops';
import type { ConfigValues } from '@charmed/ops/internal';
import type { Container } from './container.ts';
import type { DeferredEvent } from './deferred-event.ts';
import type { ModelInfo } from './model-info.ts';
import type { Network } from './network.ts';
import type { AnyRelation } from './relation.ts';
import type { Resource } from './resource.ts';
import type { Secret } from './secret.ts';
import type { Storage } from './storage.ts';
import type { StoredState } from './stored-state.ts';

/** What the user has set; of a secret option, its id. */
export type ConfigFields<M extends MetaSource> = Partial<ConfigValues<M, string>>;

export interface StateFields<M extends MetaSource = MetaSource> {
  /** What the user has set. Options left out have their default. */
  readonly config?: ConfigFields<M>;
  readonly relations?: readonly AnyRelation<RelationName<M>>[];
  /** Bindings left out have a network with one address. */
  readonly networks?: readonly Network<BindingName<M>>[];
  readonly containers?: readonly Container<ContainerName<M>>[];
  readonly storages?: readonly Storage<StorageName<M>>[];
  /** A number is a TCP port. */
  readonly openedPorts?: readonly (number | Port)[];
  /** Default: false. */
  readonly leader?: boolean;
  readonly model?: ModelInfo;
  readonly secrets?: readonly Secret[];
  readonly resources?: readonly Resource<ResourceName<M>>[];
  /** How many units the application is meant to have. Default: 1. */
  readonly plannedUnits?: number;
  /** What earlier dispatches have deferred, oldest first. */
  readonly deferred?: readonly DeferredEvent[];
  readonly storedStates?: readonly StoredState<object>[];
  /** What the charm keeps with Juju: `state-get`, or stored state with the store `juju`. */
  readonly charmState?: Readonly<Record<string, string>>;
  /** What the leader has told its other units: `leader-get`, of Juju 3 and before. */
  readonly leaderSettings?: Readonly<Record<string, string>>;
  readonly appStatus?: StatusBase;
  readonly unitStatus?: StatusBase;
  readonly workloadVersion?: string;
}
