// The part of the Juju model that this unit can see.

import type { CloudSpec } from '../hookcmds/credential.ts';
import type { GoalState } from '../hookcmds/goal-state.ts';
import { relationIds } from '../hookcmds/relation.ts';
import { resourceGet } from '../hookcmds/resource.ts';
import type { SecretName } from '../hookcmds/secret.ts';
import type { JujuVersion } from '../juju/version.ts';
import type { MetaSource } from '../meta/source.ts';
import type { BindingName, RelationName, ResourceName, StorageName } from '../meta/types.ts';
import type { Operation } from '../operations/operation.ts';
import { noteRead } from '../operations/reads.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { readBinding, type Binding } from './binding.ts';
import { loadConfig, readConfig, type ConfigErrors, type ConfigOf } from './config.ts';
import { requireDeclared } from './declared.ts';
import { applicationOf } from './entity.ts';
import { TooManyRelatedAppsError } from './errors.ts';
import { readGoalState } from './goal-state.ts';
import { Leadership } from './leadership.ts';
import { OwnApplication } from './own-application.ts';
import { OwnUnit } from './own-unit.ts';
import { Relation } from './relation.ts';
import type { Secret } from './secret.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { Storage } from './storage.ts';

/** As the variables of the same names have them: URLs, and a list of what needs no proxy. */
export interface Proxies {
  readonly http: string | undefined;
  readonly https: string | undefined;
  readonly ftp: string | undefined;
  readonly no: string | undefined;
}

export class Model<M extends MetaSource = MetaSource> {
  readonly name: string;
  readonly uuid: string;
  readonly unit: OwnUnit<M>;
  readonly app: OwnApplication;
  readonly #backend: Backend;
  readonly #leadership: Leadership;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#leadership = new Leadership(backend);
    this.name = backend.context.modelName;
    this.uuid = backend.context.modelUuid;
    this.app = new OwnApplication(applicationOf(backend.context.unitName), backend, this.#leadership);
    this.unit = new OwnUnit<M>(this.app, backend, this.#leadership);
  }

  /** The Juju that dispatches. */
  get jujuVersion(): JujuVersion {
    return this.#backend.context.version;
  }

  /** The proxies that the model tells charms to use. */
  get proxies(): Proxies {
    const { httpProxy, httpsProxy, ftpProxy, noProxy } = this.#backend.context;
    return { http: httpProxy, https: httpsProxy, ftp: ftpProxy, no: noProxy };
  }

  /** The application's configuration, with defaults filled in. */
  config(): Operation<ConfigOf<M>> {
    return operation('model.config', async () => (await readConfig(this.#backend)) as ConfigOf<M>);
  }

  /** As `CharmBase.loadConfig`. */
  loadConfig<T>(schema: StandardSchema<T>, options: { readonly errors?: ConfigErrors } = {}): Operation<T> {
    return operation('model.loadConfig', () => loadConfig(this.#backend, schema, options.errors ?? 'throw'));
  }

  /** The relations of an endpoint. One that is being broken is not among them. */
  relations(endpoint: RelationName<M>): Operation<readonly Relation[]> {
    return operation('model.relations', () => this.#relations(endpoint));
  }

  /**
   * The endpoint's relation, or `undefined` if it has none. With an `id`, that relation, also when it is gone or being broken.
   *
   * @throws TooManyRelatedAppsError when there are several and no `id` is given.
   */
  relation(endpoint: RelationName<M>): Operation<Relation | undefined>;
  relation(endpoint: RelationName<M>, id: number): Operation<Relation>;
  relation(endpoint: RelationName<M>, id?: number): Operation<Relation | undefined> {
    return operation('model.relation', async () => {
      if (id !== undefined) return this.#relation(endpoint, id);
      const relations = await this.#relations(endpoint);
      if (relations.length > 1) throw new TooManyRelatedAppsError(endpoint, relations.length);
      return relations[0];
    });
  }

  /**
   * A secret, by its id, by the label that this charm has given it, or both: then it gets the label. Its content is read at once.
   *
   * @throws SecretNotFoundError, ModelError `permission-denied` when it is not granted to this unit, `no-secret-name`.
   */
  secret(name: SecretName): Operation<Secret> {
    return operation('model.secret', async () => {
      const { Secret } = await import('./secret.ts');
      return Secret.load(this.#backend, name);
    });
  }

  /** The network of an endpoint, of one of `extra-bindings` or of `juju-info`, which every charm has; or of one relation, whose other side may be in another model. */
  binding(endpoint: BindingName<M> | Relation): Operation<Binding> {
    return operation('model.binding', () =>
      typeof endpoint === 'string'
        ? readBinding(this.#backend, endpoint)
        : readBinding(this.#backend, endpoint.name, endpoint.id),
    );
  }

  /** The attached instances of a storage. @throws ModelError `unknown-storage` when the metadata declares no such storage. */
  storages(name: StorageName<M>): Operation<readonly Storage[]> {
    return operation('model.storages', async () => {
      const { readStorages } = await import('./storage.ts');
      return readStorages(this.#backend, name);
    });
  }

  /**
   * Asks for more instances of a storage. Each comes with an event of its own, after this hook.
   *
   * @throws ModelError `unknown-storage`, or `bad-storage-count`.
   */
  requestStorages(name: StorageName<M>, count = 1): Operation<void> {
    return operation('model.requestStorages', async () => {
      const { requestStorages } = await import('./storage.ts');
      await requestStorages(this.#backend, name, count);
    });
  }

  /**
   * Downloads a resource, once, and returns the path of its file. It may take long: there is no time limit.
   *
   * @throws ModelError `unknown-resource` when the metadata declares no such resource.
   */
  fetchResource(name: ResourceName<M>): Operation<string> {
    return operation('model.fetchResource', async () => {
      requireDeclared(this.#backend.meta.resources, 'resource', name);
      return this.#backend.cached(`resource ${name}`, () => resourceGet(this.#backend.runner, name));
    });
  }

  /** What the application and its relations are meant to become. */
  goalState(): Operation<GoalState> {
    return operation('model.goalState', () => readGoalState(this.#backend));
  }

  /**
   * The cloud that the model runs on, with its credential, which is confidential.
   *
   * @throws HookCommandError unless the application was deployed with `--trust`.
   */
  cloudSpec(): Operation<CloudSpec> {
    return operation('model.cloudSpec', async () => {
      const { credentialGet } = await import('../hookcmds/credential.ts');
      return credentialGet(this.#backend.runner);
    });
  }

  async #relations(endpoint: string): Promise<readonly Relation[]> {
    requireDeclared(this.#backend.meta.relations, 'endpoint', endpoint);
    noteRead('relation', endpoint);
    const ids = await this.#backend.cached(`relations of ${endpoint}`, () =>
      relationIds(this.#backend.runner, endpoint),
    );
    const relations: Relation[] = [];
    for (const id of ids) relations.push(await this.#relation(endpoint, id));
    return relations.filter((relation) => relation.active);
  }

  #relation(endpoint: string, id: number): Promise<Relation> {
    requireDeclared(this.#backend.meta.relations, 'endpoint', endpoint);
    noteRead('relation', endpoint);
    return this.#backend.cached(`relation ${endpoint}:${id}`, () =>
      Relation.load({ backend: this.#backend, leadership: this.#leadership, ownApp: this.app, endpoint, id }),
    );
  }
}
