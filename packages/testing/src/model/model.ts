// `Model`: several charms together, in memory, each event in Juju's order.

import type { ActionName, ActionParams, CharmClass, LogLevel } from '@charmed/ops';
import { OpsError } from '@charmed/ops/internal';
import {
  addApplication,
  addUnits,
  applicationOf,
  consume,
  defaultParams,
  emptyModel,
  enqueueAction,
  integrate,
  moveLeadership,
  offerOf,
  refreshCharm,
  removeApplication,
  removeConsumed,
  removeRelation,
  removeUnit,
  setConfig,
  settle,
  unitOf,
  unitsOf,
  type ConfigChange,
  type ModelState,
  type OfferedApplication,
} from '@charmed/sim/model';
import { inJujuWords } from '../draft/cloud-spec.ts';
import type { MetaOf } from '../meta-of.ts';
import type { NoticeOptions } from '../pebble/container-draft.ts';
import type { ExecArgs } from '../run/exec-args.ts';
import type { Databag } from '../state/relation.ts';
import { Cluster } from './cluster.ts';
import { exploreWorlds, type Explored, type ExploreOptions } from './explore.ts';
import type { ApplicationName, ConfigChangeFields, UnitName } from './names.ts';
import {
  deploymentOf,
  metaOf,
  type DeployOptions,
  type ModelExec,
  type ModelLogLine,
  type ModelOptions,
} from './options.ts';
import { runSchedule, type Deviation } from './schedule.ts';
import { advanced } from './time.ts';
import { uuidOf } from './uuid.ts';
import { applicationView, dataOf, unitView, type ApplicationView, type UnitView } from './view.ts';
import { failCheck, notify, passCheck, provide, restartContainer, setCanConnect } from './workloads.ts';
import { emptyWorld, timeOf, type World } from './world.ts';

/** What a model lets others consume. */
export interface Offer {
  readonly model: Model;
  readonly application: OfferedApplication;
}

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
  /** What the charms have run in containers in `settle`. */
  readonly execHistory: ModelExec[] = [];
  #cluster: Cluster<Model>;

  constructor(options: ModelOptions = {}) {
    const { name = 'test-model', jujuVersion: version = '3.6.14', start = new Date('2030-01-01T00:00:00Z') } = options;
    const uuid = options.uuid ?? uuidOf(name);
    const cloud = options.cloudSpec === undefined ? null : inJujuWords(options.cloudSpec);
    this.#cluster = new Cluster<Model>(this, emptyWorld(emptyModel({ name, uuid, version, cloud }), start));
  }

  get name(): string {
    return this.#world.state.model.name;
  }

  get uuid(): string {
    return this.#world.state.model.uuid;
  }

  /**
   * Returns the application's name, which knows its charm.
   *
   * @throws ModelCommandError as `juju deploy` would, ContextSetupError for a charm without metadata, or without the containers or resources.
   */
  deploy<C extends CharmClass>(charm: C, options: DeployOptions<C> = {}): ApplicationName<C> {
    const deployment = deploymentOf(charm, options);
    const { name } = deployment;
    const { charms, templates } = this.#world;
    this.#change((state, at) => addApplication(state, deployment, at), {
      charms: { ...charms, [name]: charm },
      templates: { ...templates, [name]: options.containers ?? [] },
    });
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
    const meta = metaOf(charm, `refresh ${application}`);
    this.#change((state) => refreshCharm(state, application, meta), {
      charms: { ...this.#world.charms, [application]: charm },
    });
  }

  /** Makes a unit the leader, as when the lease of another has run out. @throws ModelCommandError */
  setLeader(unit: string): void {
    this.#change((state) => moveLeadership(state, unit));
  }

  /**
   * Lets a health check of a container fail until it is down; pebble-check-failed is due. No time passes for the model.
   *
   * @throws ModelCommandError also when the check does not run.
   */
  async failCheck(unit: string, container: string, check: string): Promise<void> {
    await this.#cluster.changeInTime(this, (world) => failCheck(world, unit, container, check));
  }

  /** Lets it succeed again; pebble-check-recovered is due. @throws ModelCommandError also when the check does not run. */
  async passCheck(unit: string, container: string, check: string): Promise<void> {
    await this.#cluster.changeInTime(this, (world) => passCheck(world, unit, container, check));
  }

  /** Records a custom notice in a container, as `pebble notify` does there; pebble-custom-notice is due. @throws ModelCommandError */
  async pebbleNotify(unit: string, container: string, key: string, options: NoticeOptions = {}): Promise<void> {
    await this.#cluster.changeInTime(this, (world) => notify(world, unit, container, key, options));
  }

  /** Starts a container anew: its services and files are as at the beginning, and pebble-ready is due. @throws ModelCommandError */
  restartContainer(unit: string, container: string): void {
    this.#cluster.change(this, (world) => restartContainer(world, unit, container));
  }

  /** Whether a container's Pebble answers from now on. It is the same Pebble when it does again: pebble-ready does not come. @throws ModelCommandError */
  setCanConnect(unit: string, container: string, canConnect: boolean): void {
    this.#cluster.change(this, (world) => setCanConnect(world, unit, container, canConnect));
  }

  /**
   * Offers endpoints of an application to other models.
   *
   * @param specification such as `db:db`; more endpoints are behind commas.
   * @throws ModelCommandError
   */
  offer(specification: string): Offer {
    return { model: this, application: offerOf(this.#world.state, specification) };
  }

  /**
   * Consumes what another model offers: it can be integrated with here, by its name. From now on, both models settle, are explored and
   * pass time together.
   *
   * @param name Default: that of the offered application.
   * @returns the name.
   * @throws ModelCommandError
   */
  consume(offer: Offer, name: string = offer.application.application): string {
    const state = consume(this.#world.state, offer.application, name);
    this.#join(offer.model.#cluster);
    this.#change(() => state);
    return name;
  }

  /** Ends what a consumed offer is related to, and forgets it. @throws ModelCommandError */
  removeConsumed(name: string): void {
    this.#change((state) => removeConsumed(state, name));
  }

  /** Lets time pass: secrets expire and rotate, and units get update-status every five minutes, in the next `settle`. */
  advance(ms: number): void {
    const { models } = this.#cluster;
    for (const model of models) this.#cluster.change(model, (world) => advanced(world, ms));
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

  /** `settle` as an exploration has found it. @throws as `settle`; OpsError `bad-replay` when there are not as many steps. */
  async replay(deviations: readonly Deviation[]): Promise<readonly string[]> {
    const { models } = this.#cluster;
    const log = (model: number, unit: string, level: LogLevel, message: string) =>
      void models[model]?.log.push({ unit, level, message });
    const onExec = (model: number, unit: string, container: string, args: ExecArgs) =>
      void models[model]?.execHistory.push({ unit, container, ...args });
    const run = await this.#cluster.move((worlds) => runSchedule(worlds, deviations, { log, onExec }));
    if (run.error !== undefined) throw run.error;
    const missed = deviations.find(({ step }) => step >= run.steps.length);
    if (missed !== undefined) {
      const reason = `the model is at rest after ${run.steps.length} steps; replay from where the exploration began`;
      throw new OpsError('bad-replay', `cannot replay step ${missed.step}: ${reason}`);
    }
    return run.steps.map(({ what }) => what);
  }

  /**
   * Runs an action, and whatever else the model has to do. Parameters that are left out have the defaults of their schema.
   *
   * @returns the results, nested.
   * @throws OpsError `action-failed` when it fails, and what a charm throws, as it is.
   */
  async runAction<C extends CharmClass, A extends ActionName<MetaOf<C>>>(
    unit: UnitName<C>,
    action: A,
    params?: Partial<ActionParams<MetaOf<C>, A>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const before = this.#world.state;
    const { charm } = applicationOf(before, unitOf(before, unit).application);
    const given = { ...defaultParams(charm.actions?.[action]?.params), ...params };
    const { state, task } = enqueueAction(before, unit, action, given, timeOf(this.#world));
    this.#change(() => state);
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
    return exploreWorlds(this.#cluster.worlds, options);
  }

  /** @throws ModelCommandError `unknown-unit`. */
  unit(name: string): UnitView {
    return unitView(this.#world, name);
  }

  /** @throws ModelCommandError `unknown-application`. */
  application<C extends CharmClass = CharmClass>(name: ApplicationName<C>): ApplicationView<C> {
    return applicationView(this.#world, name);
  }

  /** What a unit or application has published at an endpoint, in all its relations. @param endpoint such as `web:db`. */
  data(endpoint: string, member: string): readonly Databag[] {
    return dataOf(this.#world, endpoint, member);
  }

  get #world(): World {
    return this.#cluster.worldOf(this);
  }

  #change(command: (state: ModelState, at: string) => ModelState, also: Partial<World> = {}): void {
    this.#cluster.change(this, (world) =>
      provide({ ...world, ...also, state: settle(command(world.state, timeOf(world))) }),
    );
  }

  #join(other: Cluster<Model>): void {
    if (other === this.#cluster) return;
    const { models } = this.#cluster;
    other.absorb(this.#cluster);
    for (const model of models) model.#cluster = other;
  }
}
