// The events in the life of a relation.

import { OpsError } from '../errors.ts';
import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import { Application, applicationOf, Unit } from '../model/entity.ts';
import type { Relation } from '../model/relation.ts';
import type { EventHost } from './host.ts';
import { eventType, type CharmEventType } from './type.ts';

interface RelationEventFacts {
  readonly relation: Relation;
  readonly app: Application;
  readonly unit: Unit | undefined;
  readonly departingUnit: Unit | undefined;
}

/** Something happened to a relation. */
export abstract class RelationEvent extends EventBase {
  readonly relation: Relation;
  /** The application on the other side. */
  readonly app: Application;

  constructor(delivery: EventDelivery, facts: RelationEventFacts) {
    super(delivery);
    this.relation = facts.relation;
    this.app = facts.app;
  }
}

/** The relation exists; nobody has joined yet. */
export class RelationCreatedEvent extends RelationEvent {}

/** A remote unit has joined. */
export class RelationJoinedEvent extends RelationEvent {
  readonly unit: Unit;

  constructor(delivery: EventDelivery, facts: RelationEventFacts) {
    super(delivery, facts);
    this.unit = requireUnit(delivery, facts);
  }
}

/** The other side has changed its data: those of `unit`, or of the application if there is none. */
export class RelationChangedEvent extends RelationEvent {
  readonly unit: Unit | undefined;

  constructor(delivery: EventDelivery, facts: RelationEventFacts) {
    super(delivery, facts);
    this.unit = facts.unit;
  }
}

/** A unit has left. */
export class RelationDepartedEvent extends RelationEvent {
  readonly unit: Unit;
  /** The unit on whose account this happens: `unit`, or our own if it is being removed. */
  readonly departingUnit: Unit | undefined;

  constructor(delivery: EventDelivery, facts: RelationEventFacts) {
    super(delivery, facts);
    this.unit = requireUnit(delivery, facts);
    this.departingUnit = facts.departingUnit;
  }
}

/** The relation is gone. */
export class RelationBrokenEvent extends RelationEvent {}

function requireUnit(delivery: EventDelivery, facts: RelationEventFacts): Unit {
  if (facts.unit) return facts.unit;
  throw new OpsError('bad-snapshot', `cannot deliver ${delivery.kind}: Juju named no remote unit (JUJU_REMOTE_UNIT)`);
}

type RelationEventClass<E extends EventBase> = {
  readonly name: string;
  new (delivery: EventDelivery, facts: RelationEventFacts): E;
};

function relationType<E extends EventBase>(eventClass: RelationEventClass<E>): CharmEventType<E> {
  return eventType({
    name: eventClass.name,
    create: async (delivery, snapshot, host) => new eventClass(delivery, await factsFrom(snapshot, host)),
  });
}

export interface RelationTypes {
  readonly created: CharmEventType<RelationCreatedEvent>;
  readonly joined: CharmEventType<RelationJoinedEvent>;
  readonly changed: CharmEventType<RelationChangedEvent>;
  readonly departed: CharmEventType<RelationDepartedEvent>;
  readonly broken: CharmEventType<RelationBrokenEvent>;
}

/** By what stands after `relation-` in the name of the hook. */
export const relationTypes: RelationTypes = {
  created: relationType(RelationCreatedEvent),
  joined: relationType(RelationJoinedEvent),
  changed: relationType(RelationChangedEvent),
  departed: relationType(RelationDepartedEvent),
  broken: relationType(RelationBrokenEvent),
};

export function relationSnapshot(context: JujuContext): JsonObject {
  return {
    relation_name: context.relationName ?? '',
    relation_id: context.relationId ?? -1,
    ...(context.remoteApp !== undefined && { app_name: context.remoteApp }),
    ...(context.remoteUnit !== undefined && { unit_name: context.remoteUnit }),
    ...(context.departingUnit !== undefined && { departing_unit: context.departingUnit }),
  };
}

async function factsFrom(snapshot: JsonObject, host: EventHost): Promise<RelationEventFacts> {
  const relation = await host.model.relation(textAt(snapshot, 'relation_name'), Number(snapshot.relation_id));
  const app = appFrom(snapshot.app_name, relation);
  return {
    relation,
    app,
    unit: unitFrom(snapshot.unit_name, relation, app),
    departingUnit: unitFrom(snapshot.departing_unit, relation, app),
  };
}

// When a deferred event comes again, its relation may be gone, and then only the snapshot knows who was on the other side.
function appFrom(name: JsonObject[string] | undefined, relation: Relation): Application {
  return typeof name !== 'string' || name === relation.app.name ? relation.app : new Application(name);
}

function unitFrom(name: JsonObject[string] | undefined, relation: Relation, app: Application): Unit | undefined {
  if (typeof name !== 'string') return undefined;
  const known = relation.units.find((unit) => unit.name === name);
  return known ?? new Unit(name, applicationOf(name) === app.name ? app : undefined);
}
