// The part of the Juju model that this unit can see.

import { ModelError } from '../errors.ts';
import { configGet } from '../hookcmds/config.ts';
import { networkGet } from '../hookcmds/network.ts';
import { relationIds } from '../hookcmds/relation.ts';
import type { SecretName } from '../hookcmds/secret.ts';
import type { MetaSource } from '../meta/source.ts';
import type { BindingName, ConfigOf, RelationName } from '../meta/types.ts';
import type { Operation } from '../operations/operation.ts';
import { noteRead } from '../operations/reads.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import type { Binding } from './binding.ts';
import { applicationOf } from './entity.ts';
import { TooManyRelatedAppsError } from './errors.ts';
import { Leadership } from './leadership.ts';
import { OwnApplication } from './own-application.ts';
import { OwnUnit } from './own-unit.ts';
import { Relation } from './relation.ts';
import type { Secret } from './secret.ts';

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

  /** The application's configuration, with defaults filled in. */
  config(): Operation<ConfigOf<M>> {
    return operation('model.config', () => {
      noteRead('config');
      return this.#backend.cached('config', async () => (await configGet(this.#backend.runner)) as ConfigOf<M>);
    });
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

  /** The addresses of an endpoint's network. */
  binding(endpoint: BindingName<M>): Operation<Binding> {
    return operation('model.binding', () =>
      this.#backend.cached(`binding ${endpoint}`, async () => {
        const network = await networkGet(this.#backend.runner, endpoint);
        const bindAddresses = network.bindAddresses.flatMap(({ addresses }) => addresses.map(({ value }) => value));
        const [bindAddress] = bindAddresses;
        const [ingressAddress = bindAddress] = network.ingressAddresses;
        return { ...network, name: endpoint, bindAddress, bindAddresses, ingressAddress };
      }),
    );
  }

  async #relations(endpoint: string): Promise<readonly Relation[]> {
    this.#requireEndpoint(endpoint);
    noteRead('relation', endpoint);
    const ids = await this.#backend.cached(`relations of ${endpoint}`, () =>
      relationIds(this.#backend.runner, endpoint),
    );
    const relations: Relation[] = [];
    for (const id of ids) relations.push(await this.#relation(endpoint, id));
    return relations.filter((relation) => relation.active);
  }

  #relation(endpoint: string, id: number): Promise<Relation> {
    this.#requireEndpoint(endpoint);
    noteRead('relation', endpoint);
    return this.#backend.cached(`relation ${endpoint}:${id}`, () =>
      Relation.load({ backend: this.#backend, leadership: this.#leadership, ownApp: this.app, endpoint, id }),
    );
  }

  #requireEndpoint(endpoint: string): void {
    if (this.#backend.meta.relations.has(endpoint)) return;
    const known = [...this.#backend.meta.relations.keys()].join(', ') || 'none';
    throw new ModelError('unknown-endpoint', `cannot find endpoint ${endpoint}: the charm declares ${known}`);
  }
}
