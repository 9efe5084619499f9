// The charm whose handlers play the steps of a script: the same as charm.py.

import {
  ActionEvent,
  CharmBase,
  CollectStatusEvent,
  PebbleNoticeEvent,
  RelationDepartedEvent,
  RelationEvent,
  SecretEvent,
  StatusBase,
  StorageEvent,
  WorkloadEvent,
  type EventBase,
  type Framework,
  type Unit,
} from '@charmed/ops';
import type { Call, Script } from './script.ts';

export class CrashError extends Error {}

export type Seen = (readonly unknown[])[];

/** @param seen gets what the charm sees. */
export function charmOf({ handlers = {} }: Script, seen: Seen): typeof CharmBase {
  return class Charm extends CharmBase {
    constructor(framework: Framework) {
      super(framework);
      if (handlers['init']) throw new CrashError();
      for (const event of observed(this)) this.observe(event, this.onEvent);
      if (handlers['collect-unit-status']) this.observe(this.on.collectUnitStatus, this.onEvent);
      if (handlers['collect-app-status']) this.observe(this.on.collectAppStatus, this.onEvent);
    }

    async onEvent(event: EventBase): Promise<void> {
      seen.push([event.kind, ...wordsOf(event)]);
      for (const [verb, ...args] of handlers[event.kind] ?? []) {
        const value = await play(this, event, verb, args);
        if (value !== undefined) seen.push([verb, value]);
      }
    }
  };
}

function observed({ on, meta }: CharmBase): Parameters<CharmBase['observe']>[0][] {
  return [
    on.install,
    on.start,
    on.stop,
    on.remove,
    on.updateStatus,
    on.configChanged,
    on.upgradeCharm,
    on.leaderElected,
    on.leaderSettingsChanged,
    on.secretChanged,
    on.secretRotate,
    on.secretRemove,
    on.secretExpired,
    ...[...meta.relations.keys()].flatMap((name) => Object.values(on.relation(name))),
    ...[...meta.storages.keys()].flatMap((name) => Object.values(on.storage(name))),
    ...[...meta.containers.keys()].flatMap((name) => Object.values(on.container(name))),
    ...[...meta.actions.keys()].map((name) => on.action(name)),
  ];
}

const STRICT_CONFIG = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => {
      const { port } = value as { readonly port: number };
      return port < 1 ? { issues: [{ message: 'port is too low' }] } : { value: undefined };
    },
  },
} as const;

async function play(charm: CharmBase, event: EventBase, verb: string, args: Call[1][]): Promise<unknown> {
  const [first, second] = args as [string, string];
  if (event instanceof RelationEvent) {
    const { relation } = event;
    switch (verb) {
      case 'set-unit':
        return relation.data(charm.unit).set(first, second);
      case 'set-app':
        return relation.data(charm.app).set(first, second);
      case 'read':
        return { ...(await relation.data(unitOf(event) ?? event.app).all()) };
      case 'units':
        return relation.units.map(({ name }) => name).toSorted();
      case 'related':
        return (await charm.model.relations(relation.name)).map(({ id }) => id);
    }
  }
  if (event instanceof ActionEvent) {
    if (verb === 'results') return event.setResults(args[0] as never);
    if (verb === 'log') return event.log(first);
    if (verb === 'fail') return event.fail(first);
    if (verb === 'params') return { ...event.params };
  }
  if (event instanceof WorkloadEvent) {
    const { workload } = event;
    if (verb === 'layer') {
      const service = { override: 'replace', command: second, startup: 'enabled' } as const;
      await workload.addLayer('layer', { services: { [first]: service } }, { combine: true });
      return workload.replan();
    }
    if (verb === 'push') return workload.push(first, second, { makeDirs: true });
    if (verb === 'pull') return workload.pull(first).text();
    if (verb === 'exec') {
      const { stdout, stderr } = await workload.exec(args[0] as never).waitOutput();
      return [stdout, stderr];
    }
  }
  if (event instanceof SecretEvent && verb === 'secret') {
    return first === 'peek' ? event.secret.peekContent() : event.secret.getContent({ refresh: first === 'refresh' });
  }
  if (event instanceof CollectStatusEvent && verb === 'add-status')
    return event.addStatus(StatusBase.fromName(first, second));
  return playAnywhere(charm, event, verb, args);
}

async function playAnywhere(charm: CharmBase, event: EventBase, verb: string, args: Call[1][]): Promise<unknown> {
  const [first, second = ''] = args as [string, string?];
  switch (verb) {
    case 'status':
      return charm.unit.setStatus(StatusBase.fromName(first, second));
    case 'defer':
      return event.defer();
    case 'crash':
      throw new CrashError();
    case 'config':
      return ((await charm.config()) as Readonly<Record<string, unknown>>)[first] ?? 'none';
    case 'strict-config':
      return charm.loadConfig(STRICT_CONFIG, { errors: 'blocked' });
    case 'leads':
      return charm.unit.isLeader();
    case 'version':
      return charm.unit.setWorkloadVersion(first);
    case 'reboot':
      return charm.unit.reboot();
    case 'port':
      return charm.unit.openPort({ protocol: 'tcp', port: Number(first) });
    case 'storages':
      return (await charm.model.storages(first)).map(({ id }) => id).toSorted();
    case 'request':
      return charm.model.requestStorages(first, Number(second));
  }
  throw new Error(`no step ${verb} in ${event.kind}`);
}

function unitOf(event: RelationEvent): Unit | undefined {
  return 'unit' in event ? (event.unit as Unit | undefined) : undefined;
}

function wordsOf(event: EventBase): unknown[] {
  if (event instanceof RelationEvent) {
    const departing = event instanceof RelationDepartedEvent ? event.departingUnit?.name : undefined;
    const { app, relation } = event;
    return [relation.id, app.name, unitOf(event)?.name ?? null, departing ?? null, relation.active];
  }
  if (event instanceof StorageEvent) return [event.storage.id];
  if (event instanceof SecretEvent) return [event.secret.label ?? null, 'revision' in event ? event.revision : null];
  if (event instanceof PebbleNoticeEvent) return [event.workload.name, event.notice.type, event.notice.key];
  return event instanceof WorkloadEvent ? [event.workload.name] : [];
}
