// A hook's view of the model while it runs. It sees the model as it was when the hook began, with its own changes on top; what Juju holds
// back until the hook succeeds is gathered here, what takes effect at once goes to the sink.

import type {
  ConfigValue,
  CurrentRelation,
  GoalState,
  HookContext,
  HookRelation,
  NetworkInfo,
  PortRange,
  Settings,
  StatusInfo,
} from '../juju/hook-context.ts';
import { withResult } from './action-results.ts';
import { mergeSettings, type BegunHook, type HookChanges } from './commit.ts';
import { effectiveConfig } from './config.ts';
import type { HookEffect } from './effect.ts';
import { endpointsOf } from './endpoint.ts';
import { isRelationEvent } from './event.ts';
import { goalStateOf } from './goal-state.ts';
import { localEndpoint, remoteApplication } from './relation.ts';
import type { ApplicationState, TaskState, UnitState } from './state.ts';
import { applicationOf, unitOf, unitsOf } from './update.ts';

/** Where a hook's immediate effects go. */
export interface HookSink {
  effect(effect: HookEffect): void;
  log(level: string, message: string): void;
}

const UNSET: StatusInfo = { status: 'unknown', message: '', data: {} };

export class HookDraft implements HookContext {
  readonly hook: BegunHook;
  readonly unitName: string;
  readonly #sink: HookSink;
  readonly #unit: UnitState;
  readonly #application: ApplicationState;
  readonly #unitSettings: Record<string, Settings> = {};
  readonly #applicationSettings: Record<string, Settings> = {};
  #ports: readonly PortRange[] | undefined;
  #charmState: Settings | undefined;
  #unitStatus: StatusInfo | undefined;
  #applicationStatus: StatusInfo | undefined;
  #actionResults: TaskState['results'] = {};
  #actionFailure: string | undefined;

  constructor(hook: BegunHook, sink: HookSink) {
    this.hook = hook;
    this.unitName = hook.unit;
    this.#sink = sink;
    this.#unit = unitOf(hook.base, hook.unit);
    this.#application = applicationOf(hook.base, this.#unit.application);
  }

  /** What is to happen when the hook succeeds. */
  changes(): HookChanges {
    return {
      unitSettings: this.#unitSettings,
      applicationSettings: this.#applicationSettings,
      openedPorts: this.#ports,
      charmState: this.#charmState,
    };
  }

  get actionResults(): TaskState['results'] {
    return this.#actionResults;
  }

  /** The message of action-fail, if that was called. */
  get actionFailure(): string | undefined {
    return this.#actionFailure;
  }

  config(): Readonly<Record<string, ConfigValue | null>> {
    const declared = Object.keys(this.#application.charm.config?.options ?? {});
    return { ...Object.fromEntries(declared.map((name) => [name, null])), ...effectiveConfig(this.#application) };
  }

  isLeader(): boolean {
    return this.#application.leader === this.unitName;
  }

  get currentRelation(): CurrentRelation | undefined {
    const { event } = this.hook;
    if (!isRelationEvent(event)) return undefined;
    return { id: event.relationId, remoteUnit: event.remoteUnit, remoteApplication: event.remoteApp };
  }

  relationIds(endpoint: string): readonly number[] {
    const ids = Object.keys(this.#unit.relations).map(Number);
    return ids.filter((id) => this.relation(id)?.endpoint === endpoint).toSorted((a, b) => a - b);
  }

  relation(id: number): HookRelation | undefined {
    const relation = this.hook.base.relations[id];
    if (relation === undefined || this.#unit.relations[id] === undefined) return undefined;
    return {
      id,
      endpoint: localEndpoint(relation, this.#application.name).name,
      remoteApplication: remoteApplication(relation, this.#application.name),
      units: this.#members(id),
    };
  }

  // Those that have joined as far as this unit was told, the one that the hook is about included.
  #members(id: number): readonly string[] {
    const { event } = this.hook;
    const members = new Set(Object.keys(this.#unit.relations[id]?.members ?? {}));
    if (isRelationEvent(event) && event.relationId === id && event.remoteUnit !== undefined) {
      if (event.kind === 'relation-departed') members.delete(event.remoteUnit);
      else members.add(event.remoteUnit);
    }
    return [...members].toSorted();
  }

  relationSettings(id: number, member: string): Settings | undefined {
    const relation = this.hook.base.relations[id];
    const bag = relation?.units[member] ?? relation?.applications[member];
    if (bag === undefined) return undefined;
    if (member === this.unitName) return mergeSettings(bag.settings, this.#unitSettings[id] ?? {});
    if (member === this.#application.name) return mergeSettings(bag.settings, this.#applicationSettings[id] ?? {});
    return bag.settings;
  }

  updateRelationSettings(id: number, owner: 'unit' | 'application', changes: Settings): void {
    const pending = owner === 'unit' ? this.#unitSettings : this.#applicationSettings;
    pending[id] = { ...pending[id], ...changes };
  }

  unitStatus(): StatusInfo {
    return this.#unitStatus ?? this.#unit.workloadStatus;
  }

  applicationStatus(): { application: StatusInfo; units: Record<string, StatusInfo> } {
    const units = unitsOf(this.hook.base, this.#application.name).map(({ name, workloadStatus }) => [
      name,
      workloadStatus,
    ]);
    return {
      application: this.#applicationStatus ?? this.#application.status ?? UNSET,
      units: { ...Object.fromEntries(units), [this.unitName]: this.unitStatus() },
    };
  }

  setUnitStatus(status: string, message: string): void {
    this.#unitStatus = { status, message, data: {} };
    this.#sink.effect({ kind: 'unit-status', status: this.#unitStatus });
  }

  setApplicationStatus(status: string, message: string): void {
    this.#applicationStatus = { status, message, data: {} };
    this.#sink.effect({ kind: 'application-status', status: this.#applicationStatus });
  }

  log(level: string, message: string): void {
    this.#sink.log(level, message);
  }

  get actionParams(): TaskState['params'] | undefined {
    const { event, base } = this.hook;
    return event.kind === 'action' ? (base.tasks[event.task]?.params ?? {}) : undefined;
  }

  setActionResult(key: string, value: string): void {
    this.#actionResults = withResult(this.#actionResults, key, value);
  }

  failAction(message: string): void {
    this.#actionFailure = message;
  }

  logAction(message: string): void {
    const { event } = this.hook;
    if (event.kind === 'action') this.#sink.effect({ kind: 'action-log', task: event.task, message });
  }

  openedPorts(): readonly PortRange[] {
    return this.#ports ?? this.#unit.openedPorts;
  }

  openPort(port: PortRange): void {
    if (this.openedPorts().some((open) => isSame(open, port) && open.endpoint === port.endpoint)) return;
    this.#ports = [...this.openedPorts(), port];
  }

  // Closing for all endpoints closes what is open for single ones too.
  closePort(port: PortRange): void {
    const closes = (open: PortRange) => isSame(open, port) && (port.endpoint === '' || open.endpoint === port.endpoint);
    this.#ports = this.openedPorts().filter((open) => !closes(open));
  }

  setWorkloadVersion(version: string): void {
    this.#sink.effect({ kind: 'workload-version', version });
  }

  charmState(): Settings {
    return this.#charmState ?? this.#unit.charmState;
  }

  setCharmState(key: string, value: string): void {
    this.#charmState = { ...this.charmState(), [key]: value };
  }

  deleteCharmState(key: string): void {
    const { [key]: _, ...others } = this.charmState();
    this.#charmState = others;
  }

  network(binding: string): NetworkInfo | undefined {
    const bindings = new Set([
      'juju-info',
      ...endpointsOf(this.hook.base, this.#application.name).map(({ name }) => name),
      ...Object.keys(this.#application.charm['extra-bindings'] ?? {}),
    ]);
    const { address } = this.#unit;
    if (!bindings.has(binding)) return undefined;
    return {
      interfaces: [{ name: 'lo', macAddress: '', addresses: [{ address, cidr: '127.0.0.0/8' }] }],
      ingressAddresses: [address],
      egressSubnets: [`${address}/32`],
    };
  }

  privateAddress(): string | undefined {
    return this.#unit.address;
  }

  publicAddress(): string | undefined {
    return this.#unit.address;
  }

  goalState(): GoalState {
    return goalStateOf(this.hook.base, this.#application.name);
  }
}

function isSame(a: PortRange, b: PortRange): boolean {
  return a.protocol === b.protocol && a.from === b.from && a.to === b.to;
}
