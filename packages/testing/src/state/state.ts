// Everything that a unit can see of the world, and has told it: what a run starts from, and what comes out of it.

import {
  UnknownStatus,
  type CharmClass,
  type ContainerName,
  type MetaSource,
  type Port,
  type RelationName,
  type ResourceName,
  type StatusBase,
  type StorageName,
  type BindingName,
} from '@charmed/ops';
import type { MetaOf } from '../meta-of.ts';
import type { Container } from './container.ts';
import type { DeferredEvent } from './deferred-event.ts';
import type { ConfigFields, StateFields } from './fields.ts';
import { derivedFields } from './derive.ts';
import { NotInStateError, StateValidationError } from './errors.ts';
import { ModelInfo } from './model-info.ts';
import type { Network } from './network.ts';
import { list, parts } from './parts.ts';
import { portsFrom } from './port.ts';
import type { AnyRelation } from './relation.ts';
import type { Resource } from './resource.ts';
import type { Secret } from './secret.ts';
import type { Storage } from './storage.ts';
import type { StoredState } from './stored-state.ts';
import { frozen, Value } from './value.ts';

export class State<M extends MetaSource = MetaSource> extends Value {
  readonly config: ConfigFields<M>;
  readonly relations: readonly AnyRelation<RelationName<M>>[];
  readonly networks: readonly Network<BindingName<M>>[];
  readonly containers: readonly Container<ContainerName<M>>[];
  readonly storages: readonly Storage<StorageName<M>>[];
  /** In Juju's order: by protocol, then by number. */
  readonly openedPorts: readonly Port[];
  readonly leader: boolean;
  readonly model: ModelInfo;
  readonly secrets: readonly Secret[];
  readonly resources: readonly Resource<ResourceName<M>>[];
  readonly plannedUnits: number;
  readonly deferred: readonly DeferredEvent[];
  readonly storedStates: readonly StoredState<object>[];
  readonly charmState: Readonly<Record<string, string>>;
  readonly leaderSettings: Readonly<Record<string, string>>;
  readonly appStatus: StatusBase;
  readonly unitStatus: StatusBase;
  readonly workloadVersion: string;

  /** @throws StateValidationError for a value that Juju would never give. */
  constructor(fields: StateFields<M> = {}) {
    super();
    this.config = frozen(fields.config ?? {});
    this.relations = parts('relations', fields.relations, ({ id }) => id);
    this.networks = parts('networks', fields.networks, ({ bindingName }) => bindingName);
    this.containers = parts('containers', fields.containers, ({ name }) => name);
    this.storages = parts('storages', fields.storages, ({ id }) => id);
    this.openedPorts = portsFrom(list('openedPorts', fields.openedPorts));
    this.leader = fields.leader ?? false;
    this.model = fields.model ?? new ModelInfo();
    this.secrets = parts('secrets', fields.secrets, ({ id }) => id);
    this.resources = parts('resources', fields.resources, ({ name }) => name);
    this.plannedUnits = fields.plannedUnits ?? 1;
    this.deferred = list('deferred', fields.deferred);
    this.storedStates = list('storedStates', fields.storedStates);
    this.charmState = frozen(fields.charmState ?? {});
    this.leaderSettings = frozen(fields.leaderSettings ?? {});
    this.appStatus = Object.freeze(fields.appStatus ?? new UnknownStatus());
    this.unitStatus = Object.freeze(fields.unitStatus ?? new UnknownStatus());
    this.workloadVersion = fields.workloadVersion ?? '';
    Object.freeze(this);
  }

  /**
   * A state with one of everything that the charm's metadata declares, and the defaults of its options; containers can be reached.
   *
   * @param fields what is to be otherwise. Of an endpoint, container or storage that is given, none is added.
   * @throws StateValidationError when the charm's class does not carry its metadata.
   */
  static from<C extends CharmClass>(charm: C, fields: StateFields<MetaOf<C>> = {}): State<MetaOf<C>> {
    if (charm.meta) return new State<MetaOf<C>>(derivedFields(charm.meta, fields));
    throw new StateValidationError(
      `cannot derive a state from ${charm.name}: its class has no metadata; extend the CharmBase that \`charmed types\` writes`,
    );
  }

  with(changes: StateFields<M>): State<M> {
    return new State<M>({ ...this, ...changes });
  }

  /** @throws NotInStateError */
  container<N extends ContainerName<M>>(name: N): Container<N> {
    const found = this.containers.find((container): container is Container<N> => container.name === name);
    return (
      found ??
      missing(
        `container ${name}`,
        this.containers.map((container) => container.name),
      )
    );
  }

  /** As this state has it. @param relation one of the same id, such as that of another state, or its id. @throws NotInStateError */
  relation(relation: number): AnyRelation;
  relation<R extends AnyRelation>(relation: R): R;
  relation(relation: number | AnyRelation): AnyRelation {
    const id = typeof relation === 'number' ? relation : relation.id;
    const found = this.relations.find((each) => each.id === id);
    return (
      found ??
      missing(
        `relation ${id}`,
        this.relations.map((each) => each.id),
      )
    );
  }

  /** Those of one endpoint. */
  relationsOf(endpoint: RelationName<M>): readonly AnyRelation[] {
    return this.relations.filter((relation) => relation.endpoint === endpoint);
  }

  /** By its id, its label, or one of the same id. @throws NotInStateError */
  secret(secret: Secret | { readonly id: string } | { readonly label: string }): Secret {
    const [key, value] = 'id' in secret ? (['id', secret.id] as const) : (['label', secret.label] as const);
    const found = this.secrets.find((each) => each[key] === value);
    return (
      found ??
      missing(
        `secret ${value}`,
        this.secrets.map((each) => each.id),
      )
    );
  }

  /** The first of that name, if no index is given. @throws NotInStateError */
  storage(name: StorageName<M>, index?: number): Storage {
    const found = this.storages.find(
      (storage) => storage.name === name && (index === undefined || storage.index === index),
    );
    return (
      found ??
      missing(
        `storage ${name}${index === undefined ? '' : `/${index}`}`,
        this.storages.map(({ id }) => id),
      )
    );
  }

  /** @throws NotInStateError */
  network(bindingName: BindingName<M>): Network {
    const found = this.networks.find((network) => network.bindingName === bindingName);
    return (
      found ??
      missing(
        `network ${bindingName}`,
        this.networks.map((network) => network.bindingName),
      )
    );
  }

  /** Of the charm, or of one of its objects. @param state one of the same name and owner, whose type it then has. @throws NotInStateError */
  storedState(name?: string, owner?: string): StoredState;
  storedState<T extends object>(state: StoredState<T>): StoredState<T>;
  storedState(state: string | StoredState<object> = 'stored', owner = 'charm'): StoredState<object> {
    const handle = typeof state === 'string' ? `${owner}/${state}` : state.handle;
    const found = this.storedStates.find((each) => each.handle === handle);
    return (
      found ??
      missing(
        `stored state ${handle}`,
        this.storedStates.map((each) => each.handle),
      )
    );
  }
}

function missing(what: string, known: readonly (string | number)[]): never {
  throw new NotInStateError(what, known);
}
