// A transition's data as states, events and a charm of this library.

import { StatusBase, type CharmClass } from '@charmed/ops';
import {
  CheckInfo,
  CloudSpec,
  Address,
  BindAddress,
  Container,
  ContextEvent,
  Exec,
  ModelInfo,
  Network,
  Notice,
  PeerRelation,
  Relation,
  Resource,
  Secret,
  State,
  Storage,
  StoredState,
  SubordinateRelation,
  type AnyRelation,
  type Context,
} from '@charmed/testing';
import type { ContainerData, EventData, RelationData, StateData, Step } from './case.ts';
import { ScriptCharm } from './charm.ts';

/** The kind of the event that a transition is about. */
export function kindOf(
  { kind, relation, stray, container, storage, action }: EventData,
  state: StateData = {},
): string {
  const endpoint = state.relations?.find(({ id }) => id === relation)?.endpoint ?? stray?.endpoint;
  if (relation !== undefined) return `${endpoint}-${kind}`;
  if (container !== undefined) return `${container}-${kind}`;
  if (storage !== undefined) return `${storage.split('/')[0]}-${kind}`;
  return action === undefined ? kind : `${action}-action`;
}

/** @param seen what its steps have seen is added to it. */
export function charmOf(handlers: Readonly<Record<string, readonly Step[]>>, seen: unknown[]): CharmClass {
  return class Charm extends ScriptCharm {
    static override readonly handlers = handlers;
    static override readonly seen = seen;
  };
}

export function stateFrom(given: StateData): State {
  return new State({
    leader: given.leader ?? false,
    config: (given.config ?? {}) as Record<string, string>,
    relations: (given.relations ?? []).map(relationFrom),
    containers: (given.containers ?? []).map(containerFrom),
    secrets: (given.secrets ?? []).map(({ tracked, latest, grants, ...fields }) => {
      return new Secret(tracked, {
        ...fields,
        ...(latest && { latestContent: latest }),
        ...(grants && { remoteGrants: grants }),
      });
    }),
    storages: (given.storages ?? []).map(({ name, index = 0 }) => new Storage(name, { index })),
    openedPorts: (given.ports ?? []).map(([protocol, port]) =>
      port === undefined ? { protocol } : { protocol, port },
    ),
    resources: Object.entries(given.resources ?? {}).map(([name, path]) => new Resource(name, { path })),
    networks: (given.networks ?? []).map(({ binding, address, ingress, egress }) => {
      const bindAddresses = [new BindAddress([new Address(address)])];
      return new Network(binding, { bindAddresses, ingressAddresses: [ingress], egressSubnets: [egress] });
    }),
    plannedUnits: given.plannedUnits ?? 1,
    workloadVersion: given.workloadVersion ?? '',
    storedStates: [
      ...(given.stored ? [given.stored] : []),
      ...(given.storedTwice ? [{ count: 0 }] : []),
      ...(given.storedOdd ? [{ count: new Date(0) }] : []),
    ].map((content) => new StoredState('stored', { content })),
    model: new ModelInfo({
      type: given.modelType ?? 'kubernetes',
      ...(given.cloud && { cloudSpec: new CloudSpec('lxd', { region: 'here' }) }),
    }),
    ...(given.unitStatus && { unitStatus: StatusBase.fromName(...given.unitStatus) }),
    ...(given.appStatus && { appStatus: StatusBase.fromName(...given.appStatus) }),
  });
}

function relationFrom({ kind = 'regular', endpoint, ...given }: RelationData): AnyRelation {
  const fields = { localUnitData: {}, ...given };
  if (kind === 'peer') return new PeerRelation(endpoint, fields);
  if (kind === 'subordinate') return new SubordinateRelation(endpoint, { remoteUnitData: {}, ...fields });
  return new Relation(endpoint, { remoteUnitsData: { 0: {} }, ...fields });
}

function containerFrom({ name, canConnect = true, ...given }: ContainerData): Container {
  return new Container(name, {
    canConnect,
    layers: given.layers ?? {},
    serviceStatuses: given.services ?? {},
    files: given.files ?? {},
    execs: (given.execs ?? []).map(({ prefix, ...answer }) => new Exec(prefix, answer)),
    notices: (given.notices ?? []).map(({ key, ...fields }) => new Notice(key, fields)),
    checkInfos: (given.checks ?? []).map(({ name: check, ...fields }) => new CheckInfo(check, fields)),
  });
}

export function eventFrom(
  { on, appName }: Pick<Context, 'on' | 'appName'>,
  given: EventData,
  state: State,
): ContextEvent {
  if (given.custom) return on.custom((charm) => (charm as ScriptCharm).events.ready, { url: '' });
  const method = given.kind.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const make = (...args: unknown[]) => {
    const found = (on as unknown as Record<string, (...args: unknown[]) => ContextEvent>)[method];
    if (!found) throw new Error(`no event ${method}`);
    return found.apply(on, args);
  };
  const {
    relation,
    stray,
    container,
    otherContainer,
    notice,
    check,
    storage,
    secret,
    action,
    params = {},
    kind,
    path,
    ...options
  } = given;
  if (relation !== undefined) {
    const found = state.relations.find(({ id }) => id === relation);
    const target = stray || !found ? relationFrom(stray ?? { endpoint: '', id: 0 }) : found;
    return make(target, options);
  }
  if (container !== undefined) {
    const target = otherContainer
      ? containerFrom(otherContainer)
      : (state.containers.find(({ name }) => name === container) ?? new Container(container, { canConnect: true }));
    if (notice !== undefined)
      return make(target, target.notices.find(({ key }) => key === notice) ?? new Notice(notice));
    if (check !== undefined)
      return make(target, target.checkInfos.find(({ name }) => name === check) ?? new CheckInfo(check));
    return make(target);
  }
  if (storage !== undefined) {
    const [name = '', index] = storage.split('/');
    return make(new Storage(name, { index: Number(index) }));
  }
  if (secret !== undefined) {
    return make(state.secrets.find(({ label }) => label === secret) ?? new Secret({ 'a-key': 'b' }), options);
  }
  if (action !== undefined) return on.action(action, { params });
  return path === undefined ? make() : new ContextEvent({ what: kind } as ContextEvent['about'], appName);
}
