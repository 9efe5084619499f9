// Runs a transition on this library, and tells of it what transitions.py tells.

import { StatusBase, type CharmClass } from '@charmed/ops';
import {
  CheckInfo,
  CloudSpec,
  Address,
  BindAddress,
  Container,
  Context,
  ContextEvent,
  Exec,
  InconsistentStateError,
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
} from '@charmed/testing';
import {
  META,
  type Case,
  type ContainerData,
  type EventData,
  type RelationData,
  type Result,
  type StateData,
  type Step,
} from './case.ts';
import { ScriptCharm } from './charm.ts';
import { errorName } from './error-name.ts';

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

export async function runCase(given: Case): Promise<Result> {
  const seen: unknown[] = [];
  const result: Record<string, unknown> & { seen: unknown[] } = { seen };
  const { context = {}, steps = [] } = given;
  let ctx: Context | undefined;
  try {
    ctx = new Context(charmOf({ [kindOf(given.event, given.state)]: steps, ...given.handlers }, seen), {
      meta: given.meta ?? META,
      appName: 'app',
      ...(context.juju_version !== undefined && { jujuVersion: context.juju_version }),
      ...(context.app_trusted !== undefined && { appTrusted: context.app_trusted }),
      ...(context.unit_id !== undefined && { unitId: context.unit_id }),
    });
    const before = stateFrom(given.state ?? {});
    const { on, appName } = ctx;
    const eventOf = (data: EventData) => eventFrom({ on, appName }, data, before);
    const state = before.with({ deferred: (given.deferred ?? []).map((data) => eventOf(data).deferred('onEvent')) });
    if (given.earlier) await ctx.run(eventOf(given.earlier), state);
    result['state'] = shown(await ctx.run(eventOf(given.event), state));
  } catch (error) {
    result['error'] = errorName(error);
    if (error instanceof Error) result['detail'] = error.stack;
    if (error instanceof InconsistentStateError) result['findings'] = error.findings;
    if (error instanceof Error && 'reason' in error) result['reason'] = error.reason;
  }
  if (ctx) Object.assign(result, recordedBy(ctx));
  return result;
}

function charmOf(handlers: Readonly<Record<string, readonly Step[]>>, seen: unknown[]): CharmClass {
  return class Charm extends ScriptCharm {
    static override readonly handlers = handlers;
    static override readonly seen = seen;
  };
}

function recordedBy(ctx: Context): Readonly<Record<string, unknown>> {
  const lines = ctx.jujuLog.filter(({ message }) => message.startsWith('say '));
  return {
    unitStatusHistory: ctx.unitStatusHistory.map(shownStatus),
    appStatusHistory: ctx.appStatusHistory.map(shownStatus),
    workloadVersionHistory: ctx.workloadVersionHistory,
    emitted: ctx.emittedEvents.map(({ kind }) => kind),
    log: lines.map(({ level, message }) => [level, message]),
    actionLogs: ctx.actionLogs,
    actionResults: ctx.actionResults ?? null,
    requestedStorages: ctx.requestedStorages,
    exec: Object.fromEntries(
      Object.entries(ctx.execHistory)
        .filter(([, history]) => history.length > 0)
        .map(([name, history]) => [name, history.map(({ command, stdin }) => [command, stdin])]),
    ),
  };
}

function stateFrom(given: StateData): State {
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

function eventFrom({ on, appName }: Pick<Context, 'on' | 'appName'>, given: EventData, state: State): ContextEvent {
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

function shownStatus({ name, message }: StatusBase): readonly [string, string] {
  return [name, message];
}

function shown(state: State): Readonly<Record<string, unknown>> {
  return {
    unitStatus: shownStatus(state.unitStatus),
    appStatus: shownStatus(state.appStatus),
    workloadVersion: state.workloadVersion,
    ports: state.openedPorts.map(({ protocol, port = null }) => [protocol, port]),
    relations: Object.fromEntries(
      state.relations.map(({ id, localAppData, localUnitData }) => [id, [localAppData, localUnitData]]),
    ),
    secrets: state.secrets.map(({ label, owner, trackedContent, latestContent, description, remoteGrants }) => [
      label ?? null,
      owner ?? null,
      trackedContent,
      latestContent,
      description ?? null,
      remoteGrants,
    ]),
    stored: state.storedStates.map(({ content }) => content),
    deferred: state.deferred.map(({ kind }) => kind).toSorted(),
    containers: Object.fromEntries(
      state.containers.map(({ name, serviceStatuses, plan }) => {
        const commands = Object.entries(plan.services).map(([service, { command }]) => [service, command]);
        return [name, { services: serviceStatuses, plan: Object.fromEntries(commands) }];
      }),
    ),
  };
}
