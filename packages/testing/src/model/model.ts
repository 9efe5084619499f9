// `Model`: several charms together, in memory, each event in Juju's order.

import {
  StatusBase,
  type ActionName,
  type ActionParams,
  type CharmClass,
  type LogLevel,
  type Port,
} from '@charmed/ops';
import { OpsError } from '@charmed/ops/internal';
import {
  addApplication,
  addUnits,
  applicationOf,
  containerReady,
  dueSecrets,
  emptyModel,
  enqueueAction,
  integrate,
  isKubernetes,
  provisionStorage,
  refreshCharm,
  removeApplication,
  removeRelation,
  removeUnit,
  requestUpdateStatus,
  setConfig,
  settle,
  unitOf,
  unitsOf,
  type ConfigChange,
  type ModelState,
} from '@charmed/sim/model';
import type { MetaOf } from '../meta-of.ts';
import type { Databag } from '../state/relation.ts';
import type { ConfigFields } from '../state/fields.ts';
import { Container } from '../state/container.ts';
import { ContextSetupError } from '../run/errors.ts';
import { exploreWorld, type Explored, type ExploreOptions } from './explore.ts';
import type { ApplicationName, ConfigChangeFields, UnitName } from './names.ts';
import { runSchedule, type Deviation } from './schedule.ts';
import { unsettled } from './unsettled.ts';
import { timeOf, type World } from './world.ts';

export interface ModelOptions {
  /** Default: `test-model`. */
  readonly name?: string;
  /** Default: 3.6.14. */
  readonly jujuVersion?: string;
  /** When it is in the model. Default: the first moment of 2030. */
  readonly start?: Date;
}

export interface DeployOptions<C extends CharmClass> {
  /** Of the application. Default: the charm's name. */
  readonly name?: string;
  /** Default: 1. */
  readonly units?: number;
  readonly config?: ConfigFields<MetaOf<C>>;
  /** What each unit's containers are before anything happens, such as what commands answer in them. Default: empty ones. */
  readonly containers?: readonly Container[];
}

/** What an operator sees of a unit. */
export interface UnitView {
  readonly status: StatusBase;
  readonly isLeader: boolean;
  readonly openedPorts: readonly Pick<Port, 'protocol' | 'port'>[];
  readonly containers: readonly Container[];
}

/** What an operator sees of an application. */
export interface ApplicationView<C extends CharmClass = CharmClass> {
  readonly status: StatusBase;
  readonly workloadVersion: string;
  /** By name. */
  readonly units: readonly UnitName<C>[];
}

export interface ModelLogLine {
  readonly unit: string;
  readonly level: LogLevel;
  readonly message: string;
}

const UPDATE_STATUS_MS = 5 * 60 * 1000;

/**
 * A Juju model in memory. Commands change it at once; what charms do about it happens in `settle`.
 *
 * ```ts
 * const model = new Model();
 * model.deploy(WebCharm);
 * model.deploy(DatabaseCharm, { name: 'db', units: 3 });
 * model.integrate('web:db', 'db');
 * await model.settle();
 * assert.deepEqual(model.unit('web/0').status, new ActiveStatus());
 * ```
 */
export class Model {
  /** What the charms have logged in `settle`. */
  readonly log: ModelLogLine[] = [];
  #world: World;
  #templates: Readonly<Record<string, readonly Container[]>> = {};

  constructor(options: ModelOptions = {}) {
    const { name = 'test-model', jujuVersion: version = '3.6.14', start = new Date('2030-01-01T00:00:00Z') } = options;
    const uuid = 'b6a3ed4c-2c87-4d5c-9a2e-35d8c11b3b8a';
    const state = emptyModel({ name, uuid, version });
    this.#world = { state, charms: {}, stores: {}, containers: {}, now: start.getTime(), secrets: 0 };
  }

  /**
   * Returns the application's name, which knows its charm.
   *
   * @throws ModelCommandError as `juju deploy` would, ContextSetupError for a charm without metadata.
   */
  deploy<C extends CharmClass>(charm: C, options: DeployOptions<C> = {}): ApplicationName<C> {
    const { meta } = charm;
    if (!meta)
      throw new ContextSetupError(
        `cannot deploy ${charm.name}: it has no metadata; extend the CharmBase of charm.gen.ts`,
      );
    const { name = meta.name, units = 1, config = {}, containers = [] } = options;
    this.#world = { ...this.#world, charms: { ...this.#world.charms, [name]: charm } };
    this.#templates = { ...this.#templates, [name]: containers };
    this.#change((state, at) => addApplication(state, { name, charm: meta, config: config, units }, at));
    return name;
  }

  /** Relates two endpoints, each given as `application` or `application:endpoint`. @throws ModelCommandError */
  integrate(first: string, second: string): void {
    this.#change((state) => integrate(state, first, second));
  }

  /** @throws ModelCommandError */
  removeRelation(first: string, second: string): void {
    this.#change((state) => removeRelation(state, first, second));
  }

  /** Sets options; `null` resets one to its default. @throws ModelCommandError */
  config<C extends CharmClass = CharmClass>(
    application: ApplicationName<C>,
    options: ConfigChangeFields<MetaOf<C>>,
  ): void {
    this.#change((state) => setConfig(state, application, options as ConfigChange));
  }

  /** Adds units, or removes those with the highest numbers. @throws ModelCommandError */
  scale(application: string, units: number): void {
    this.#change((state, at) => {
      const alive = unitsOf(state, application).filter(({ life }) => life === 'alive');
      if (units >= alive.length) return addUnits(state, application, units - alive.length, at);
      return alive.slice(units).reduce((next, { name }) => removeUnit(next, name), state);
    });
  }

  /** @throws ModelCommandError */
  removeUnit(unit: string): void {
    this.#change((state) => removeUnit(state, unit));
  }

  /** @throws ModelCommandError */
  remove(application: string): void {
    this.#change((state) => removeApplication(state, application));
  }

  /** Replaces the charm; each unit gets upgrade-charm. @throws ModelCommandError */
  refresh(application: string, charm: CharmClass): void {
    const { meta } = charm;
    if (!meta) throw new ContextSetupError(`cannot refresh ${application}: ${charm.name} has no metadata`);
    this.#world = { ...this.#world, charms: { ...this.#world.charms, [application]: charm } };
    this.#change((state) => refreshCharm(state, application, meta));
  }

  /** Makes a unit the leader, as when the lease of another has run out. @throws ModelCommandError */
  setLeader(unit: string): void {
    this.#change((state) => {
      const { application } = unitOf(state, unit);
      const { leader } = applicationOf(state, application);
      const units = { ...state.units, [unit]: { ...unitOf(state, unit), acceptedLeadership: false } };
      if (leader !== null && leader !== unit) units[leader] = { ...unitOf(state, leader), acceptedLeadership: false };
      return {
        ...state,
        units,
        applications: { ...state.applications, [application]: { ...applicationOf(state, application), leader: unit } },
      };
    });
  }

  /** Lets time pass: secrets expire and rotate, and units get update-status every five minutes, in the next `settle`. */
  advance(ms: number): void {
    const before = this.#world.now;
    this.#world = { ...this.#world, now: before + ms };
    const isDue = Math.floor(this.#world.now / UPDATE_STATUS_MS) > Math.floor(before / UPDATE_STATUS_MS);
    this.#change((state, at) => {
      const names = isDue ? Object.keys(state.units) : [];
      return names.reduce(requestUpdateStatus, dueSecrets(state, at));
    });
  }

  /**
   * Runs the units, one event after another, until none has anything to do. A hook that has failed in an earlier call runs again.
   *
   * @returns what has happened, step by step.
   * @throws what a charm throws, as it is; its unit is in error then. OpsError `unsettled`.
   */
  async settle(): Promise<readonly string[]> {
    return this.replay([]);
  }

  /** `settle` as an exploration has found it. */
  async replay(deviations: readonly Deviation[]): Promise<readonly string[]> {
    const log = (unit: string, level: LogLevel, message: string) => void this.log.push({ unit, level, message });
    const run = await runSchedule(this.#world, deviations, { log, unsettled });
    this.#world = run.world;
    if (run.error !== undefined) throw run.error;
    return run.steps.map(({ what }) => what);
  }

  /**
   * Runs an action, and whatever else the model has to do.
   *
   * @returns the results, nested.
   * @throws OpsError `action-failed` when it fails, also by what the charm throws.
   */
  async runAction<C extends CharmClass, A extends ActionName<MetaOf<C>>>(
    unit: UnitName<C>,
    action: A,
    params?: Partial<ActionParams<MetaOf<C>, A>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { state, task } = enqueueAction(this.#world.state, unit, action, { ...params }, timeOf(this.#world));
    this.#world = { ...this.#world, state };
    await this.settle();
    const done = this.#world.state.tasks[task.id];
    if (done?.status === 'completed') return done.results;
    throw new OpsError('action-failed', `cannot run ${action} on ${unit}: ${done?.message}`);
  }

  /**
   * Goes to the end of what the model has to do now in many ways, each from here on: units in other orders, and each hook killed after
   * each of its commands and after its charm's own commit, what Juju held back discarded, and run again, as Juju does. The model itself stays as it is.
   *
   * @throws ExplorationError when one of them ends in another state.
   */
  explore(options: ExploreOptions = {}): Promise<Explored> {
    return exploreWorld(this.#world, options);
  }

  /** @throws ModelCommandError `unknown-unit`. */
  unit(name: string): UnitView {
    const { workloadStatus, openedPorts, application } = unitOf(this.#world.state, name);
    return {
      status: StatusBase.fromName(workloadStatus.status, workloadStatus.message),
      isLeader: applicationOf(this.#world.state, application).leader === name,
      openedPorts: openedPorts.map(({ protocol, from }) => ({ protocol, ...(from >= 0 && { port: from }) })),
      containers: this.#world.containers[name] ?? [],
    };
  }

  /** @throws ModelCommandError `unknown-application`. */
  application<C extends CharmClass = CharmClass>(name: ApplicationName<C>): ApplicationView<C> {
    const { status, workloadVersion } = applicationOf(this.#world.state, name);
    return {
      status: StatusBase.fromName(status?.status ?? 'unknown', status?.message ?? ''),
      workloadVersion,
      units: unitsOf(this.#world.state, name).map((unit) => unit.name),
    };
  }

  /** What a unit or application has published at an endpoint, in all its relations. @param endpoint such as `web:db`. */
  data(endpoint: string, member: string): readonly Databag[] {
    const [application, name] = endpoint.split(':');
    const relations = Object.values(this.#world.state.relations).filter(({ endpoints }) =>
      endpoints.some((each) => each.application === application && each.name === name),
    );
    return relations.map(({ units, applications }) => (units[member] ?? applications[member])?.settings ?? {});
  }

  #change(command: (state: ModelState, at: string) => ModelState): void {
    const state = settle(command(this.#world.state, timeOf(this.#world)));
    this.#world = this.#withWorkloads({ ...this.#world, state });
  }

  // Containers come up with their unit, and storage is there at once.
  #withWorkloads(world: World): World {
    let { state, containers } = world;
    for (const { id, location } of Object.values(state.storage)) {
      if (location === null) state = provisionStorage(state, id, `/var/lib/juju/storage/${id}`);
    }
    for (const { name, application } of Object.values(state.units)) {
      const { charm } = applicationOf(state, application);
      if (containers[name] || !isKubernetes({ charm })) continue;
      const names = Object.keys(charm.containers ?? {});
      containers = { ...containers, [name]: names.map((each) => this.#template(application, each)) };
      state = names.reduce((next, each) => containerReady(next, name, each), state);
    }
    return { ...world, state, containers };
  }

  #template(application: string, name: string): Container {
    const template = this.#templates[application]?.find((container) => container.name === name);
    return (template ?? new Container(name)).with({ canConnect: true });
  }
}
