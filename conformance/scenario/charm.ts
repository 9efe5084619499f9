// The charm whose handler plays the steps of a transition: the same as charm.py.

import type { ActionEvent, CollectStatusEvent, RelationData, RelationDepartedEvent, SecretEvent } from '@charmed/ops';
import {
  CharmBase,
  CustomEventBase,
  OwnRelationData,
  StatusBase,
  type CustomEvents,
  type EventBase,
  type Framework,
  type Port,
  type Relation,
  type Unit,
  type RelationEvent,
} from '@charmed/ops';
import type { EventHost } from '@charmed/ops/internal';
import type { Layer } from '@charmed/ops/pebble';
import type { Step } from './case.ts';
import { errorName } from './error-name.ts';

class ReadyEvent extends CustomEventBase<{ readonly url: string }> {}

type Verbs = Readonly<Record<string, (charm: ScriptCharm, event: never, ...args: never[]) => unknown>>;

export abstract class ScriptCharm extends CharmBase {
  /** By kind of event. */
  static readonly handlers: Readonly<Record<string, readonly Step[]>> = {};
  static readonly seen: unknown[] = [];
  readonly events: CustomEvents<{ ready: typeof ReadyEvent }, EventHost> = this.defineEvents({ ready: ReadyEvent });
  readonly stored: { count: number } = this.storedState({ count: 0 });

  constructor(framework: Framework) {
    super(framework);
    const { handlers } = this.constructor as typeof ScriptCharm;
    const on = eventsByKind(this);
    for (const kind of Object.keys(handlers)) {
      const event = on(kind);
      if (event) this.observe(event, this.onEvent);
    }
  }

  async onEvent(event: EventBase): Promise<void> {
    const { handlers } = this.constructor as typeof ScriptCharm;
    for (const step of handlers[event.kind] ?? []) await this.play(step, event);
  }

  async play([verb, ...args]: Step, event: EventBase): Promise<void> {
    const { seen } = this.constructor as typeof ScriptCharm;
    if (verb === 'try') {
      await this.play(args[0] as Step, event).catch((error: unknown) => seen.push(['error', errorName(error)]));
      return;
    }
    const act = VERBS[verb];
    if (!act) throw new Error(`no verb ${verb}`);
    const value = await act(this, event as never, ...(args as never[]));
    if (value !== undefined) seen.push([verb, value]);
  }
}

function eventsByKind(charm: ScriptCharm) {
  const { on } = charm;
  const named = (kind: string, pattern: RegExp) => pattern.exec(kind)?.[1];
  return (kind: string) => {
    const relation = named(kind, /^(.*)-relation-\w+$/);
    const container = named(kind, /^(.*)-pebble-/);
    const storage = named(kind, /^(.*)-storage-/);
    const action = named(kind, /^(.*)-action$/);
    const groups = [
      ...(relation !== undefined && charm.meta.relations.has(relation) ? Object.values(on.relation(relation)) : []),
      ...(container !== undefined && charm.meta.containers.has(container)
        ? Object.values(on.container(container))
        : []),
      ...(storage !== undefined && charm.meta.storages.has(storage) ? Object.values(on.storage(storage)) : []),
      ...(action !== undefined && charm.meta.actions.has(action) ? [on.action(action)] : []),
      ...Object.values(on),
      charm.events.ready,
    ];
    return groups.find((event) => event?.kind === kind);
  };
}

async function bagOf(charm: ScriptCharm, relation: Relation, member: string): Promise<RelationData> {
  if (member === 'own-unit') return relation.data(charm.unit);
  if (member === 'own-app') return relation.data(charm.app);
  if (member === 'remote-app') return relation.data(relation.app);
  const unit = relation.units.find(({ name }) => name === member);
  if (!unit) throw new Error(`no unit ${member}`);
  return relation.data(unit);
}

// Scenario has them in no order.
const sortedById = (relations: readonly Relation[]) => relations.toSorted((a, b) => a.id - b.id);
const web = (charm: ScriptCharm) => charm.unit.container('web');
const byFirst = ([a]: readonly unknown[], [b]: readonly unknown[]) => (String(a) < String(b) ? -1 : 1);
const statusFrom = (name: string, message = '') => StatusBase.fromName(name, message);
const shownStatus = ({ name, message }: StatusBase) => [name, message];

async function first(charm: ScriptCharm, endpoint: string): Promise<Relation> {
  const [relation] = sortedById(await charm.model.relations(endpoint));
  if (!relation) throw new NoSuchRelationError();
  return relation;
}

type Name = Parameters<ScriptCharm['model']['secret']>[0];

const VERBS: Verbs = {
  status: (charm, _, name: string, message?: string) => charm.unit.setStatus(statusFrom(name, message)),
  'app-status': (charm, _, name: string, message?: string) => charm.app.setStatus(statusFrom(name, message)),
  'read-status': async (charm) => shownStatus(await charm.unit.status()),
  'read-app-status': async (charm) => shownStatus(await charm.app.status()),
  'add-status': (_, event: CollectStatusEvent, name: string, message?: string) =>
    event.addStatus(statusFrom(name, message)),
  version: (charm, _, version: string) => charm.unit.setWorkloadVersion(version),
  'is-leader': (charm) => charm.unit.isLeader(),
  config: async (charm) => {
    const entries = Object.entries(await charm.config()).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'object' ? value.id : value]));
  },
  'planned-units': (charm) => charm.app.plannedUnits(),
  model: (charm) => [charm.model.name, charm.model.uuid, charm.unit.name, charm.app.name],
  'relation-set': async (charm, _, endpoint: string, member: string, values: Record<string, string>) => {
    for (const relation of await charm.model.relations(endpoint)) {
      const bag = await bagOf(charm, relation, member);
      if (!(bag instanceof OwnRelationData)) throw new WriteError();
      await bag.update(values);
    }
  },
  'relation-get': async (charm, _, endpoint: string, member: string) => {
    const bags: unknown[] = [];
    for (const relation of sortedById(await charm.model.relations(endpoint)))
      bags.push(await (await bagOf(charm, relation, member)).all());
    return bags;
  },
  relations: async (charm, _, endpoint: string) =>
    sortedById(await charm.model.relations(endpoint)).map(({ id, app, units }) => [
      id,
      app.name,
      units.map(({ name }) => name).toSorted(),
    ]),
  'event-relation': (_, event: RelationEvent & { unit?: { name: string } }) => [
    event.relation.id,
    event.app.name,
    event.unit?.name ?? null,
  ],
  'event-units': (_, event: RelationEvent) => event.relation.units.map(({ name }) => name).toSorted(),
  'event-data': async (charm, event: RelationEvent & { unit?: { name: string } }, member: string) => {
    if (event.unit?.name === member) return event.relation.data(event.unit as Unit).all();
    return (await bagOf(charm, event.relation, member)).all();
  },
  departing: (_, event: RelationDepartedEvent) => event.departingUnit?.name ?? null,
  'set-ports': (charm, _, ...ports: number[]) => charm.unit.setPorts(...ports),
  'open-port': (charm, _, protocol: 'tcp', port?: number) => charm.unit.openPort(portOf(protocol, port)),
  'close-port': (charm, _, protocol: 'tcp', port?: number) => charm.unit.closePort(portOf(protocol, port)),
  ports: async (charm) => (await charm.unit.openedPorts()).map(({ protocol, port = null }) => [protocol, port]),
  defer: (_, event: EventBase) => event.defer(),
  log: (charm, _, level: 'INFO', message: string) => charm.framework.logger.log(level, message),
  raise: (_charm, _event, message: string) => {
    throw new ValueError(message);
  },
  params: (_, event: ActionEvent) => event.params,
  results: (_, event: ActionEvent, results: Record<string, string>) => event.setResults(results),
  fail: (_, event: ActionEvent, message?: string) => event.fail(message),
  'action-log': (_, event: ActionEvent, message: string) => event.log(message),
  count: (charm, _, value: number) => {
    charm.stored.count += value;
  },
  'read-count': (charm) => charm.stored.count,
  emit: (charm, _, url: string) => charm.events.ready.emit({ url }),
  payload: (_, event: ReadyEvent) => event.payload.url,
  'secret-get': async (charm, _, name: Name, how = 'tracked') => {
    const secret = await charm.model.secret(name);
    if (how === 'peek') return secret.peekContent();
    return secret.getContent({ refresh: how === 'refresh' });
  },
  'secret-add': async (charm, _, owner: string, content: Record<string, string>, label: string) => {
    await (owner === 'unit' ? charm.unit : charm.app).addSecret(content, { label });
  },
  'secret-set': async (charm, _, name: Name, content: Record<string, string>) => {
    await (await charm.model.secret(name)).setContent(content);
  },
  'secret-describe': async (charm, _, name: Name, description: string) => {
    await (await charm.model.secret(name)).setInfo({ description });
  },
  'secret-info': async (charm, _, name: Name) => {
    const { label, revision, description } = await (await charm.model.secret(name)).getInfo();
    return [label, revision, description ?? ''];
  },
  'secret-grant': async (charm, _, name: Name, endpoint: string) => {
    await (await charm.model.secret(name)).grant(await first(charm, endpoint));
  },
  'secret-revoke': async (charm, _, name: Name, endpoint: string) => {
    await (await charm.model.secret(name)).revoke(await first(charm, endpoint));
  },
  'secret-remove': async (charm, _, name: Name) => {
    await (await charm.model.secret(name)).removeAllRevisions();
  },
  'secret-remove-revision': async (charm, _, name: Name, revision: number) => {
    await (await charm.model.secret(name)).removeRevision(revision);
  },
  'secret-event': (_, event: SecretEvent) => event.secret.label,
  'event-revision': (_, event: SecretEvent & { revision: number }) => event.revision,
  storages: async (charm, _, name: string) => (await charm.model.storages(name)).map(({ id }) => id).toSorted(),
  'request-storage': (charm, _, name: string, count: number) => charm.model.requestStorages(name, count),
  'event-storage': (_, event: { storage: { id: string } }) => event.storage.id,
  resource: (charm, _, name: string) => charm.model.fetchResource(name),
  network: async (charm, _, binding: string) => {
    const { bindAddress, ingressAddress, egressSubnets } = await charm.model.binding(binding);
    return [bindAddress, ingressAddress, egressSubnets];
  },
  'cloud-spec': async (charm) => {
    const { type, name, region } = await charm.model.cloudSpec();
    return [type, name, region];
  },
  workload: (_, event: { workload: { name: string } }) => event.workload.name,
  'can-connect': (charm) => web(charm).canConnect(),
  'add-layer': (charm, _, label: string, layer: Layer, combine = true) =>
    web(charm).addLayer(label, layer, { combine }),
  replan: async (charm) => await web(charm).replan(),
  start: async (charm, _, ...names: [string]) => await web(charm).start(...names),
  stop: async (charm, _, ...names: [string]) => await web(charm).stop(...names),
  restart: async (charm, _, ...names: [string]) => await web(charm).restart(...names),
  services: async (charm) =>
    [...(await web(charm).getServices()).values()]
      .map(({ name, startup, current }) => [name, startup, current])
      .toSorted(byFirst),
  plan: async (charm) => {
    const { services } = await web(charm).getPlan();
    return Object.fromEntries(Object.entries(services).map(([name, { command }]) => [name, command]));
  },
  push: (charm, _, path: string, text: string, makeDirs = false) => web(charm).push(path, text, { makeDirs }),
  pull: (charm, _, path: string) => web(charm).pull(path).text(),
  exists: (charm, _, path: string) => web(charm).exists(path),
  'is-dir': (charm, _, path: string) => web(charm).isDirectory(path),
  'make-dir': (charm, _, path: string, makeParents = false) => web(charm).makeDir(path, { makeParents }),
  'remove-path': (charm, _, path: string, recursive = false) => web(charm).removePath(path, { recursive }),
  'list-files': async (charm, _, path: string) =>
    (await web(charm).listFiles(path)).map(({ path: each, type }) => [each, type]).toSorted(byFirst),
  exec: async (charm, _, command: string[], stdin?: string) => {
    const process = web(charm).exec(command, stdin === undefined ? {} : { stdin });
    const { stdout, stderr } = await process.waitOutput();
    return [stdout, stderr];
  },
  checks: async (charm) =>
    [...(await web(charm).getChecks()).values()]
      .map(({ name, status, failures, threshold }) => [name, status, failures, threshold])
      .toSorted(byFirst),
  'check-event': async (_, event: { info: { load(): Promise<{ name: string; status: string }> } }) => {
    const { name, status } = await event.info.load();
    return [name, status];
  },
  'notice-event': async (
    _,
    event: { notice: { load(): Promise<{ key: string; type: string; lastData: object }> } },
  ) => {
    const { key, type, lastData } = await event.notice.load();
    return [key, type, lastData];
  },
};

class ValueError extends Error {
  readonly code = 'value';
}

class NoSuchRelationError extends Error {
  readonly code = 'no-such-relation';
}

// The compiler refuses to write what is someone else's; the steps do not.
class WriteError extends Error {
  readonly code = 'relation-data-access';
}

function portOf(protocol: 'tcp', port?: number): Port {
  return port === undefined ? { protocol: protocol } : { protocol, port };
}
