// The relations of the unit under test, and what either side has published in them.

import { StateValidationError } from './errors.ts';
import { nextRelationId } from './ids.ts';
import { frozen, Value } from './value.ts';

export type Databag = Readonly<Record<string, string>>;
/** By the number of the unit. */
export type UnitDatabags = Readonly<Record<number, Databag>>;

/** What Juju puts in the databag of each unit. */
const JUJU_DATA: Databag = frozen({
  'egress-subnets': '192.0.2.0',
  'ingress-address': '192.0.2.0',
  'private-address': '192.0.2.0',
});

interface RelationBaseFields {
  /** Default: one that no other relation has. */
  readonly id?: number;
  /** Default: that of the metadata. */
  readonly interface?: string | undefined;
  /** What our application has published. */
  readonly localAppData?: Databag;
  /** What our unit has published. Default: the addresses that Juju puts there. */
  readonly localUnitData?: Databag;
}

abstract class RelationBase<E extends string = string> extends Value {
  readonly endpoint: E;
  readonly id: number;
  readonly interface: string | undefined;
  readonly localAppData: Databag;
  readonly localUnitData: Databag;

  constructor(endpoint: E, fields: RelationBaseFields) {
    super();
    this.endpoint = endpoint;
    this.id = fields.id ?? nextRelationId();
    this.interface = fields.interface;
    this.localAppData = databag(fields.localAppData ?? {}, endpoint);
    this.localUnitData = databag(fields.localUnitData ?? JUJU_DATA, endpoint);
  }
}

export interface RelationFields extends RelationBaseFields {
  /** Default: `remote`. */
  readonly remoteAppName?: string;
  readonly remoteAppData?: Databag;
  /** Default: one unit, 0. */
  readonly remoteUnitsData?: UnitDatabags;
  /** Of the model that the other side is in. Default: our own. */
  readonly remoteModelUuid?: string | undefined;
}

/** A relation with another application. */
export class Relation<E extends string = string> extends RelationBase<E> {
  readonly remoteAppName: string;
  readonly remoteAppData: Databag;
  readonly remoteUnitsData: UnitDatabags;
  readonly remoteModelUuid: string | undefined;

  constructor(endpoint: E, fields: RelationFields = {}) {
    super(endpoint, fields);
    this.remoteAppName = fields.remoteAppName ?? 'remote';
    this.remoteAppData = databag(fields.remoteAppData ?? {}, endpoint);
    this.remoteUnitsData = databags(fields.remoteUnitsData ?? { 0: JUJU_DATA }, endpoint);
    this.remoteModelUuid = fields.remoteModelUuid;
    Object.freeze(this);
  }

  with(changes: RelationFields): Relation<E> {
    return new Relation(this.endpoint, { ...this, ...changes });
  }
}

export interface PeerRelationFields extends RelationBaseFields {
  /** What the other units of our application have published. Default: there are none. */
  readonly peersData?: UnitDatabags;
}

/** The relation between the units of our own application. */
export class PeerRelation<E extends string = string> extends RelationBase<E> {
  readonly peersData: UnitDatabags;

  constructor(endpoint: E, fields: PeerRelationFields = {}) {
    super(endpoint, fields);
    this.peersData = databags(fields.peersData ?? {}, endpoint);
    Object.freeze(this);
  }

  with(changes: PeerRelationFields): PeerRelation<E> {
    return new PeerRelation(this.endpoint, { ...this, ...changes });
  }
}

export interface SubordinateRelationFields extends RelationBaseFields {
  /** Default: `remote`. */
  readonly remoteAppName?: string;
  readonly remoteAppData?: Databag;
  readonly remoteUnitData?: Databag;
  /** Number of the one unit on the other side. Default: 0. */
  readonly remoteUnitId?: number;
}

/** A relation of scope `container`: between a principal and its subordinate, seen from either. */
export class SubordinateRelation<E extends string = string> extends RelationBase<E> {
  readonly remoteAppName: string;
  readonly remoteAppData: Databag;
  readonly remoteUnitData: Databag;
  readonly remoteUnitId: number;

  constructor(endpoint: E, fields: SubordinateRelationFields = {}) {
    super(endpoint, fields);
    this.remoteAppName = fields.remoteAppName ?? 'remote';
    this.remoteAppData = databag(fields.remoteAppData ?? {}, endpoint);
    this.remoteUnitData = databag(fields.remoteUnitData ?? JUJU_DATA, endpoint);
    this.remoteUnitId = fields.remoteUnitId ?? 0;
    Object.freeze(this);
  }

  with(changes: SubordinateRelationFields): SubordinateRelation<E> {
    return new SubordinateRelation(this.endpoint, { ...this, ...changes });
  }
}

export type AnyRelation<E extends string = string> = Relation<E> | PeerRelation<E> | SubordinateRelation<E>;

/** The databags of the units on the other side, by number. */
export function remoteUnitsOf(relation: AnyRelation): UnitDatabags {
  if (relation instanceof PeerRelation) return relation.peersData;
  if (relation instanceof SubordinateRelation) return { [relation.remoteUnitId]: relation.remoteUnitData };
  return relation.remoteUnitsData;
}

/** @param ownApp what a peer relation's other side is. */
export function remoteAppOf(relation: AnyRelation, ownApp: string): string {
  return relation instanceof PeerRelation ? ownApp : relation.remoteAppName;
}

function databags(units: UnitDatabags, endpoint: string): UnitDatabags {
  for (const [unit, bag] of Object.entries(units)) {
    if (!/^\d+$/.test(unit)) {
      throw new StateValidationError(
        `cannot relate ${endpoint}: units go by their numbers, got ${JSON.stringify(unit)}`,
      );
    }
    databag(bag, endpoint);
  }
  return frozen(units);
}

function databag(bag: Databag, endpoint: string): Databag {
  for (const [key, value] of Object.entries(bag)) {
    if (typeof value === 'string') continue;
    const text = `cannot put ${JSON.stringify(value)} under ${key} in a databag of ${endpoint}`;
    throw new StateValidationError(`${text}: values are strings; use JSON.stringify`);
  }
  return frozen(bag);
}
