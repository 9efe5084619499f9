// The relations of a harness: each change is made, and then the charm hears of it.

import { RelationDataTypeError } from '@charmed/ops';
import {
  PeerRelation,
  Relation,
  remoteAppOf,
  remoteUnitsOf,
  type AnyRelation,
  type Databag,
} from '../state/relation.ts';
import { endpointRole } from './endpoints.ts';
import { HarnessError } from './errors.ts';
import type { Emitter } from './emitter.ts';
import { unitNumber } from './names.ts';
import type { World } from './world.ts';

export interface AddRelationOptions {
  /** What the other application has published, with its unit 0; of a peer relation, what our own has. */
  readonly appData?: Databag;
  /** What unit 0 of the other application has published; of a peer relation, what our own unit has. */
  readonly unitData?: Databag;
}

export class Relations {
  readonly #world: World;
  readonly #charm: Emitter;
  #nextId = 0;

  constructor(world: World, charm: Emitter) {
    this.#world = world;
    this.#charm = charm;
  }

  /** @throws HarnessError */
  find(id: number): AnyRelation {
    const relation = this.#world.now.relations.find((each) => each.id === id);
    if (relation) return relation;
    const known = this.#world.now.relations.map((each) => `${each.id} (${each.endpoint})`).join(', ') || 'none';
    throw new HarnessError(`cannot find relation ${id}: this harness has ${known}. addRelation returns the id.`);
  }

  async add(endpoint: string, remoteApp: string, { appData, unitData }: AddRelationOptions): Promise<number> {
    const relation = this.#made(endpoint, remoteApp);
    const { id } = relation;
    this.#change({ relations: [...this.#world.now.relations, relation] });
    this.#world.network.relationAdded(endpoint, id);
    await this.#charm.emitIfEnabled({ what: 'relation-created', relation });
    if (appData === undefined && unitData === undefined) return id;
    const isPeer = relation instanceof PeerRelation;
    const unit = isPeer ? this.#world.unitName : `${remoteApp}/0`;
    if (!isPeer) await this.addUnit(id, unit);
    if (appData !== undefined) await this.updateData(id, remoteApp, appData);
    if (unitData !== undefined) await this.updateData(id, unit, unitData);
    return id;
  }

  #made(endpoint: string, remoteApp: string): AnyRelation {
    const role = endpointRole(this.#world.meta, endpoint);
    const fields = { id: this.#nextId, localUnitData: {} };
    const { appName } = this.#world;
    if (role !== 'peers') {
      this.#nextId += 1;
      return new Relation(endpoint, { ...fields, remoteAppName: remoteApp, remoteUnitsData: {} });
    }
    if (remoteApp !== appName) {
      throw new HarnessError(
        `cannot relate ${endpoint} to ${remoteApp}: it is a peer relation, so its other side is ${appName} too`,
      );
    }
    this.#nextId += 1;
    return new PeerRelation(endpoint, fields);
  }

  async remove(id: number): Promise<void> {
    const { appName } = this.#world;
    const app = remoteAppOf(this.find(id), appName);
    for (const number of Object.keys(remoteUnitsOf(this.find(id)))) await this.removeUnit(id, `${app}/${number}`);
    await this.#charm.emitIfEnabled({ what: 'relation-broken', relation: this.find(id) });
    this.#change({ relations: this.#world.now.relations.filter((each) => each.id !== id) });
    this.#world.secrets.relationRemoved(id);
  }

  async addUnit(id: number, name: string): Promise<void> {
    const relation = this.find(id);
    const number = this.#numberOf(relation, name);
    if (number in remoteUnitsOf(relation) || name === this.#world.unitName) {
      throw new HarnessError(`cannot add ${name} to relation ${id}: it is in it already`);
    }
    this.#replace(withUnits(relation, { ...remoteUnitsOf(relation), [number]: {} }));
    await this.#charm.emitIfEnabled({ what: 'relation-joined', relation: this.find(id), remoteUnit: number });
  }

  async removeUnit(id: number, name: string): Promise<void> {
    const relation = this.find(id);
    const number = this.#numberOf(relation, name);
    if (!(number in remoteUnitsOf(relation))) throw this.#notThere(relation, name);
    await this.#charm.emitIfEnabled({ what: 'relation-departed', relation, remoteUnit: number });
    const { [number]: _, ...others } = remoteUnitsOf(this.find(id));
    this.#replace(withUnits(this.find(id), others));
  }

  data(id: number, name: string): Databag {
    const relation = this.find(id);
    const { appName, unitName } = this.#world;
    if (name === unitName) return relation.localUnitData;
    if (name === appName) return relation.localAppData;
    const app = remoteAppOf(relation, appName);
    if (name === app && relation instanceof Relation) return relation.remoteAppData;
    const data = remoteUnitsOf(relation)[unitNumber(name, app) ?? -1];
    if (data) return data;
    throw this.#notThere(relation, name);
  }

  /** As in ops, an empty value deletes, and counts as a change even where there was none. */
  async updateData(id: number, name: string, values: Databag): Promise<void> {
    requireStrings(values, id);
    const before = this.data(id, name);
    const changes = Object.entries(values).filter(([key, value]) => value === '' || before[key] !== value);
    if (changes.length === 0) return;
    const entries = Object.entries({ ...before, ...values }).filter(([, value]) => value !== '');
    const relation = this.find(id);
    this.#replace(this.#withData(relation, name, Object.fromEntries(entries)));
    if (!this.#isHeard(relation, name)) return;
    const remoteUnit = unitNumber(name, remoteAppOf(relation, this.#world.appName)) ?? null;
    await this.#charm.emitIfEnabled({ what: 'relation-changed', relation: this.find(id), remoteUnit });
  }

  // What our own side writes is no news to it, but for peers that do not lead.
  #isHeard(relation: AnyRelation, name: string): boolean {
    if (name === this.#world.unitName) return false;
    return name !== this.#world.appName || (relation instanceof PeerRelation && !this.#world.isLeader());
  }

  #withData(relation: AnyRelation, name: string, data: Databag): AnyRelation {
    const { appName, unitName } = this.#world;
    if (name === unitName) return relation.with({ localUnitData: data });
    if (name === appName) return relation.with({ localAppData: data });
    const app = remoteAppOf(relation, appName);
    const number = unitNumber(name, app);
    if (number !== undefined) return withUnits(relation, { ...remoteUnitsOf(relation), [number]: data });
    return relation instanceof Relation ? relation.with({ remoteAppData: data }) : relation;
  }

  #numberOf(relation: AnyRelation, unit: string): number {
    const app = remoteAppOf(relation, this.#world.appName);
    const number = unitNumber(unit, app);
    if (number !== undefined) return number;
    throw new HarnessError(
      `cannot use ${unit} in relation ${relation.id}: it is with ${app}, whose units are ${app}/0 and so on`,
    );
  }

  #notThere(relation: AnyRelation, name: string): HarnessError {
    const { appName, unitName } = this.#world;
    const app = remoteAppOf(relation, appName);
    const units = Object.keys(remoteUnitsOf(relation)).map((number) => `${app}/${number}`);
    const members = [...new Set([unitName, appName, app, ...units])].join(', ');
    return new HarnessError(
      `cannot find ${name} in relation ${relation.id} (${relation.endpoint}): in it are ${members}`,
    );
  }

  #replace(relation: AnyRelation): void {
    this.#change({ relations: this.#world.now.relations.map((each) => (each.id === relation.id ? relation : each)) });
  }

  #change(fields: Parameters<World['change']>[0]): void {
    this.#world.change(fields);
    this.#charm.forget();
  }
}

function withUnits(relation: AnyRelation, units: Readonly<Record<number, Databag>>): AnyRelation {
  if (relation instanceof PeerRelation) return relation.with({ peersData: units });
  return relation instanceof Relation ? relation.with({ remoteUnitsData: units }) : relation;
}

function requireStrings(values: Readonly<Record<string, unknown>>, id: number): void {
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string') continue;
    const text = `cannot put a ${typeof value} under ${JSON.stringify(key)} in the data of relation ${id}`;
    throw new RelationDataTypeError(`${text}: values are strings; use JSON.stringify`);
  }
}
