// `Harness`: one charm that lives through a whole test, in a model that the test changes step by step.

import type { CharmClass, Framework, Model, SecretContent } from '@charmed/ops';
import type { Plan } from '@charmed/ops/pebble';
import type { MetaOf } from '../meta-of.ts';
import type { LogLine } from '../run/recording.ts';
import type { CloudSpec } from '../state/model-info.ts';
import type { Databag } from '../state/relation.ts';
import { Actions, type ActionOutput } from './actions.ts';
import { updatedConfig } from './config.ts';
import { Containers, type ExecAnswer, type NotifyOptions } from './containers.ts';
import { HarnessError } from './errors.ts';
import { initialHooks } from './initial-hooks.ts';
import { LiveCharm } from './live-charm.ts';
import { harnessMeta, type MetaOptions } from './meta.ts';
import { nameOf, type Named } from './names.ts';
import type { NetworkOptions } from './networks.ts';
import { OwnDirectory } from './own-directory.ts';
import { Relations, type AddRelationOptions } from './relations.ts';
import { Secrets, type SecretEventOptions } from './secrets.ts';
import { Storages } from './storages.ts';
import { World } from './world.ts';

export interface HarnessOptions extends MetaOptions {
  /** Default: 3.6.14. */
  readonly jujuVersion?: string;
}

export interface AddStorageOptions {
  /** Default: 1. */
  readonly count?: number;
  /** Whether it is attached at once. Default: false. */
  readonly attach?: boolean;
}

/**
 * A charm, and the model around its unit 0. What the test changes before `begin` is there when the charm is made; of what it changes
 * afterwards the charm hears at once, by the event that Juju would send:
 *
 * ```ts
 * await using harness = new Harness(WebCharm);
 * const db = await harness.addRelation('db', 'postgresql');
 * await harness.begin();
 * await harness.addRelationUnit(db, 'postgresql/0');
 * await harness.updateRelationData(db, 'postgresql/0', { url: 'sql://db' });
 * assert.equal(harness.charm.url, 'sql://db');
 * ```
 *
 * It is for tests that come from Python ops; new ones use a `Context`, which checks that Juju could bring the state about. What a handler
 * throws comes out of the call that emitted its event.
 */
export class Harness<C extends CharmClass> {
  readonly #directory = new OwnDirectory();
  readonly #world: World;
  readonly #charm: LiveCharm<C>;
  readonly #relations: Relations;
  readonly #storages: Storages;
  readonly #containers: Containers;
  readonly #secrets: Secrets;
  readonly #actions: Actions;

  /** @throws HarnessError for metadata that cannot be read. */
  constructor(charm: C, options: HarnessOptions = {}) {
    const { jujuVersion = '3.6.14', ...meta } = options;
    this.#world = new World(harnessMeta(charm.meta, meta), this.#directory);
    const pebble = (container: string) => this.#containers.transport(container);
    this.#charm = new LiveCharm({ charm, world: this.#world, jujuVersion, pebble });
    this.#relations = new Relations(this.#world, this.#charm);
    this.#storages = new Storages(this.#world, this.#charm, this.#directory);
    this.#containers = new Containers(this.#world, this.#charm, this.#directory);
    this.#secrets = new Secrets(this.#world, this.#charm);
    this.#actions = new Actions(this.#world, this.#charm);
  }

  /** The charm. @throws HarnessError before `begin`. */
  get charm(): InstanceType<C> {
    return this.#charm.object;
  }

  /** As the charm has it, also before there is a charm. */
  get model(): Model<MetaOf<C>> {
    return this.#charm.framework.host.model;
  }

  get framework(): Framework {
    return this.#charm.framework;
  }

  /** What the charm has logged, by its logger or the console. */
  get jujuLog(): readonly LogLine[] {
    return this.#charm.log;
  }

  /** How often the charm has asked for a reboot. */
  get rebootCount(): number {
    return this.#world.rebootCount;
  }

  /** Makes the charm. Nothing is emitted. @throws HarnessError the second time, and what the charm's constructor throws. */
  async begin(): Promise<void> {
    await this.#charm.begin();
  }

  /**
   * Makes the charm, and emits what Juju sends a unit that comes up: storage-attached, install, relation-created with peers added,
   * leader-elected or leader-settings-changed, config-changed, start, pebble-ready of each container, then relation-joined and -changed.
   */
  async beginWithInitialHooks(): Promise<void> {
    await this.begin();
    await initialHooks({
      world: this.#world,
      charm: this.#charm,
      relations: this.#relations,
      storages: this.#storages,
      containers: this.#containers,
    });
  }

  /** From now on changes of the model emit nothing. */
  disableHooks(): void {
    this.#charm.hooksEnabled = false;
  }

  enableHooks(): void {
    this.#charm.hooksEnabled = true;
  }

  /** Does `work` with hooks disabled. */
  async hooksDisabled<T>(work: () => T | Promise<T>): Promise<T> {
    const before = this.#charm.hooksEnabled;
    this.disableHooks();
    try {
      return await work();
    } finally {
      this.#charm.hooksEnabled = before;
    }
  }

  /** Emits what handlers have deferred, once more. */
  async reemit(): Promise<void> {
    await this.#charm.reemit();
  }

  /** Emits collect-status, of the application too if this unit leads, and sets what comes of it. */
  async evaluateStatus(): Promise<void> {
    this.#charm.requireBegun();
    await this.#charm.evaluateStatus();
  }

  /** Emits config-changed. @throws HarnessError for an option that the metadata does not declare, or a value of another type. */
  async updateConfig(
    values: Readonly<Record<string, string | number | boolean | null>> = {},
    options: { readonly unset?: readonly string[] } = {},
  ): Promise<void> {
    const before = this.#world.now.config as Readonly<Record<string, string | number | boolean>>;
    this.#world.change({ config: updatedConfig(this.#world.meta, before, values, options.unset ?? []) });
    this.#charm.forget();
    await this.#charm.emitIfEnabled({ what: 'config-changed' });
  }

  /** Emits leader-elected if the unit leads from now on, also if it did before. */
  async setLeader(leader = true): Promise<void> {
    this.#world.change({ leader });
    this.#charm.forget();
    if (leader) await this.#charm.emitIfEnabled({ what: 'leader-elected' });
  }

  /** Emits relation-created; with data, adds unit 0 of the other application too. Returns the id. */
  async addRelation(endpoint: string, remoteApp: string, options: AddRelationOptions = {}): Promise<number> {
    return this.#relations.add(endpoint, remoteApp, options);
  }

  /** Emits relation-departed for each unit, then relation-broken. */
  async removeRelation(relationId: number): Promise<void> {
    await this.#relations.remove(relationId);
  }

  /** Emits relation-joined. */
  async addRelationUnit(relationId: number, unit: Named): Promise<void> {
    await this.#relations.addUnit(relationId, nameOf(unit));
  }

  /** Emits relation-departed. */
  async removeRelationUnit(relationId: number, unit: Named): Promise<void> {
    await this.#relations.removeUnit(relationId, nameOf(unit));
  }

  /** Whatever the charm itself may see of it. @throws HarnessError for who is not in the relation. */
  getRelationData(relationId: number, member: Named): Databag {
    return this.#relations.data(relationId, nameOf(member));
  }

  /** Emits relation-changed if that is news to the charm. An empty value deletes. */
  async updateRelationData(relationId: number, member: Named, values: Databag): Promise<void> {
    await this.#relations.updateData(relationId, nameOf(member), values);
  }

  /** Returns the ids. Emits storage-attached for each if they are attached. */
  async addStorage(name: string, options: AddStorageOptions = {}): Promise<readonly string[]> {
    return this.#storages.add(name, options.count ?? 1, options.attach ?? false);
  }

  /** Emits storage-attached, unless it is attached. */
  async attachStorage(id: string): Promise<void> {
    await this.#storages.attach(id);
  }

  /** Emits storage-detaching if it is attached; it can be attached again. */
  async detachStorage(id: string): Promise<void> {
    await this.#storages.detach(id);
  }

  /** Emits storage-detaching if it is attached. */
  async removeStorage(id: string): Promise<void> {
    await this.#storages.remove(id);
  }

  /** Lets Pebble in a container answer, or not. */
  setCanConnect(container: Named, canConnect: boolean): void {
    this.#containers.setCanConnect(nameOf(container), canConnect);
  }

  /** Lets Pebble answer, and emits pebble-ready. Before `begin` it does nothing. */
  async containerPebbleReady(container: Named): Promise<void> {
    await this.#containers.pebbleReady(nameOf(container));
  }

  /** @throws PebbleConnectionError while Pebble does not answer. */
  getContainerPebblePlan(container: Named): Plan {
    return this.#containers.plan(nameOf(container));
  }

  /** The directory that is the root of the container's file system. */
  getFilesystemRoot(container: Named): string {
    return this.#containers.root(nameOf(container));
  }

  /** Plays the commands that begin with these words; of several, the longest beginning counts. Again for the same words, it replaces. */
  handleExec(container: Named, commandPrefix: readonly string[], answer: ExecAnswer): void {
    this.#containers.handleExec(nameOf(container), commandPrefix, answer);
  }

  /** Returns the id of the notice. Emits pebble-custom-notice if it is new, or due to be repeated. */
  async pebbleNotify(container: Named, key: string, options: NotifyOptions = {}): Promise<string> {
    return this.#containers.notify(nameOf(container), key, options);
  }

  /** Lets a check of the workload fail until it is down, and emits pebble-check-failed. @throws HarnessError for one that does not run. */
  async failCheck(container: Named, check: string): Promise<void> {
    await this.#containers.failCheck(nameOf(container), check);
  }

  /** Lets it succeed again, and emits pebble-check-recovered if it was down. */
  async passCheck(container: Named, check: string): Promise<void> {
    await this.#containers.passCheck(nameOf(container), check);
  }

  /** A secret of another application or unit. Returns the id. The charm reads it once it is granted. */
  addModelSecret(owner: Named, content: SecretContent): string {
    return this.#secrets.add(nameOf(owner), content);
  }

  /** A secret of the user. Returns the id. */
  addUserSecret(content: SecretContent): string {
    return this.#secrets.add(undefined, content);
  }

  /** A new revision of a secret that the charm does not own. Emits secret-changed. */
  async setSecretContent(id: string, content: SecretContent): Promise<void> {
    await this.#secrets.setContent(id, content);
  }

  /** Lets the charm read what others own, over a relation with the owner; or what the user owns. */
  grantSecret(id: string, observer: Named): void {
    this.#secrets.grant(id, nameOf(observer));
  }

  revokeSecret(id: string, observer: Named): void {
    this.#secrets.revoke(id, nameOf(observer));
  }

  /** Who may read it over this relation. */
  getSecretGrants(id: string, relationId: number): ReadonlySet<string> {
    return this.#secrets.grants(id, relationId);
  }

  getSecretRevisions(id: string): readonly number[] {
    return this.#secrets.revisions(id);
  }

  /** Emits secret-rotate. */
  async triggerSecretRotation(id: string, options: SecretEventOptions = {}): Promise<void> {
    await this.#secrets.rotate(id, options);
  }

  /** Emits secret-remove. */
  async triggerSecretRemoval(id: string, revision: number, options: SecretEventOptions = {}): Promise<void> {
    await this.#secrets.revisionEvent('secret-remove', id, revision, options);
  }

  /** Emits secret-expired. */
  async triggerSecretExpiration(id: string, revision: number, options: SecretEventOptions = {}): Promise<void> {
    await this.#secrets.revisionEvent('secret-expired', id, revision, options);
  }

  /** Runs an action. Types of parameters are not checked. @throws ActionFailed, or HarnessError for parameters that Juju refuses. */
  async runAction(action: string, params: Readonly<Record<string, unknown>> = {}): Promise<ActionOutput> {
    return this.#actions.run(action, params);
  }

  addResource(name: string, content: string | Uint8Array): void {
    this.#world.resources.add(name, content);
  }

  /** @param contents registrypath, username and password. Default: something in each. */
  addOciResource(name: string, contents?: Readonly<Record<string, string>>): void {
    this.#world.resources.addImage(name, contents);
  }

  /** Every image that the metadata declares. */
  populateOciResources(): void {
    this.#world.resources.addAllImages();
  }

  /** The network of an endpoint, of one relation, or of all that have none. */
  addNetwork(address: string, options: NetworkOptions = {}): void {
    this.#world.network.add(address, options);
    this.#charm.forget();
  }

  setPlannedUnits(count: number): void {
    if (!Number.isInteger(count) || count < 0) throw new HarnessError(`cannot plan ${count} units: give 0 or more`);
    this.#world.plannedUnits = count;
    this.#charm.forget();
  }

  /** From now on as many are planned as there are peers, and this unit. */
  resetPlannedUnits(): void {
    this.#world.plannedUnits = undefined;
    this.#charm.forget();
  }

  /** @throws HarnessError after `begin`. */
  setModelInfo(info: { readonly name?: string; readonly uuid?: string }): void {
    if (this.#charm.hasBegun)
      throw new HarnessError('cannot rename the model after begin: a model keeps its name and id');
    this.#world.change({ model: this.#world.now.model.with(info) });
    this.#charm.renew();
  }

  setModelName(name: string): void {
    this.setModelInfo({ name });
  }

  setModelUuid(uuid: string): void {
    this.setModelInfo({ uuid });
  }

  setCloudSpec(cloudSpec: CloudSpec): void {
    this.#world.change({ model: this.#world.now.model.with({ cloudSpec }) });
    this.#charm.forget();
  }

  /** Empty as long as the charm has set none. */
  getWorkloadVersion(): string {
    return this.#world.now.workloadVersion;
  }

  /** Removes the files of the harness. */
  cleanup(): void {
    this.#directory.remove();
  }

  [Symbol.dispose](): void {
    this.cleanup();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cleanup();
  }
}
