// A relation between this application and another one, or among its own units.

import { ModelError } from '../errors.ts';
import { RelationNotFoundError } from '../hookcmds/command-error.ts';
import { relationApplication, relationList, relationModelGet, type RemoteModel } from '../hookcmds/relation.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { Application, applicationOf, Unit } from './entity.ts';
import type { Leadership } from './leadership.ts';
import type { OwnApplication } from './own-application.ts';
import type { OwnUnit } from './own-unit.ts';
import { OwnRelationData, RelationData } from './relation-data.ts';
import { validate, type StandardSchema } from './standard-schema.ts';

export interface RelationOptions {
  readonly backend: Backend;
  readonly leadership: Leadership;
  readonly ownApp: OwnApplication;
  readonly endpoint: string;
  readonly id: number;
}

// Not an overload: those prefer the general Unit to the OwnUnit of other metadata.
type DataOf<E> = E extends OwnUnit | OwnApplication ? OwnRelationData : RelationData;

export class Relation {
  /** Name of our endpoint. */
  readonly name: string;
  readonly id: number;
  /** The application on the other side; our own for peers. Its name is empty when the relation is gone and nothing tells who was there. */
  readonly app: Application;
  /** Remote units, or the other peers, that have joined. */
  readonly units: readonly Unit[];
  /** Whether the relation still stands: false from relation-broken on. */
  readonly active: boolean;
  readonly #options: RelationOptions;

  private constructor(options: RelationOptions, members: Members) {
    this.name = options.endpoint;
    this.id = options.id;
    this.app = members.app;
    this.units = members.units;
    this.active = members.active;
    this.#options = options;
  }

  /** Reads who is in the relation. */
  static async load(options: RelationOptions): Promise<Relation> {
    return new Relation(options, await membersOf(options));
  }

  /** What a member told the other side. Our own data can be changed; that of others only read. */
  data<E extends Unit | Application>(entity: E): DataOf<E>;
  data(entity: Unit | Application): RelationData {
    const { backend, leadership, ownApp } = this.#options;
    const app = !(entity instanceof Unit);
    const own = entity.name === ownApp.name || entity.name === backend.context.unitName;
    const relation = `${this.name}:${this.id}`;
    const leaderReads = app && own && !isPeers(this.#options);
    const isMember = own || entity.name === this.app.name || this.units.some(({ name }) => name === entity.name);
    const options = { backend, leadership, relation, owner: entity.name, app, leaderReads, isMember };
    return own ? new OwnRelationData(options) : new RelationData(options);
  }

  /** The model that the other side is in: another one if the relation crosses models. Asked for once. */
  remoteModel(): Operation<RemoteModel> {
    const { backend } = this.#options;
    const relation = `${this.name}:${this.id}`;
    return operation('relation.remoteModel', () =>
      backend.cached(`remote model of ${relation}`, () => relationModelGet(backend.runner, { relation })),
    );
  }

  /**
   * Reads the data of `source`, each value decoded as JSON, and validates it. A value that is not JSON is taken as a string.
   * `undefined` as long as there is no data at all.
   *
   * @throws ValidationError when the data does not fit the schema.
   */
  load<T>(schema: StandardSchema<T>, source: Unit | Application): Operation<T | undefined> {
    return operation('relation.load', async () => {
      const settings = Object.entries(await this.data(source).all()).filter(([key]) => !SET_BY_JUJU.has(key));
      if (settings.length === 0) return undefined;
      const decoded = Object.fromEntries(settings.map(([key, value]) => [key, decode(value)]));
      return validate(schema, decoded, `data of ${source.name} in relation ${this.name}:${this.id}`);
    });
  }

  /** Publishes each field of `value` as JSON under its own key. A field that is `undefined` is deleted. */
  save(value: Readonly<Record<string, unknown>>, target: OwnUnit | OwnApplication): Operation<void> {
    return operation('relation.save', async () => {
      const encoded = Object.entries(value).map(([key, field]) => [key, JSON.stringify(field)]);
      await this.data(target).update(Object.fromEntries(encoded));
    });
  }
}

/** Addresses that Juju itself writes into every unit's data. */
const SET_BY_JUJU: ReadonlySet<string> = new Set(['egress-subnets', 'ingress-address', 'private-address']);

interface Members {
  readonly app: Application;
  readonly units: readonly Unit[];
  readonly active: boolean;
}

async function membersOf(options: RelationOptions): Promise<Members> {
  const { backend, ownApp, endpoint, id } = options;
  const relation = `${endpoint}:${id}`;
  const broken = backend.context.hookName === `${endpoint}-relation-broken` && backend.context.relationId === id;
  try {
    const names = await relationList(backend.runner, { relation });
    const app = await remoteApplication(options, names);
    const units = names.map((name) => new Unit(name, applicationOf(name) === app.name ? app : undefined));
    return { app, units, active: !broken };
  } catch (error) {
    const gone = error instanceof RelationNotFoundError;
    if (!gone) throw error;
    const app = isPeers(options) ? ownApp : new Application(remoteNameFromContext(options) ?? '');
    return { app, units: [], active: false };
  }
}

async function remoteApplication(options: RelationOptions, units: readonly string[]): Promise<Application> {
  const { backend, ownApp, endpoint, id } = options;
  if (isPeers(options)) return ownApp;
  const name =
    (units[0] && applicationOf(units[0])) ??
    remoteNameFromContext(options) ??
    (await relationApplication(backend.runner, { relation: `${endpoint}:${id}` }));
  if (!name) throw new ModelError('no-remote-application', `cannot find the other side of relation ${endpoint}:${id}`);
  return name === ownApp.name ? ownApp : new Application(name);
}

function isPeers({ backend, endpoint }: RelationOptions): boolean {
  return backend.meta.relations.get(endpoint)?.role === 'peers';
}

function remoteNameFromContext(options: RelationOptions): string | undefined {
  const { context } = options.backend;
  return context.relationId === options.id ? context.remoteApp : undefined;
}

function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
