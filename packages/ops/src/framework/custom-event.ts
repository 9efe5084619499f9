// Events that charms and libraries define themselves: a class each, with a payload of JSON values.

import { OpsError, reasonOf } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { EventBase, type BoundEvent, type EventDelivery, type EventType } from './event.ts';
import type { Framework } from './framework.ts';
import { copyOf, JSON_ADVICE, jsonText, type JsonObject, type Storable } from './json.ts';

/**
 * The base of an event of one's own: `class ReadyEvent extends CustomEventBase<{ url: string }> {}`. It may be deferred.
 *
 * What an earlier revision of the charm deferred comes as it was then. If payloads have another shape by now, a constructor can bring
 * that up to date: it gets what was stored, and gives `super` what handlers are to see.
 */
export abstract class CustomEventBase<P extends object = object> extends EventBase {
  /** What it was emitted with: a copy of its own for every handler, and again when it was deferred. */
  readonly payload: P;

  constructor(delivery: EventDelivery, payload: P) {
    super(delivery);
    this.payload = payload;
  }
}

/** A class of events by each property name. */
export type CustomEventClasses = Readonly<
  Record<string, { readonly name: string; new (delivery: EventDelivery, payload: never): CustomEventBase }>
>;

/** What can be observed and emitted of such classes. */
export type CustomEvents<C extends CustomEventClasses, Host> = {
  readonly [K in keyof C]: CustomEventSource<InstanceType<C[K]>, Host>;
};

/** Refuses classes whose payload JSON cannot hold. */
export type StorablePayloads<C extends CustomEventClasses> = {
  readonly [K in keyof C]: PayloadOf<C[K]> extends Storable<PayloadOf<C[K]>> ? C[K] : never;
};

type PayloadOf<C extends CustomEventClasses[string]> = InstanceType<C>['payload'];

/** An event that its owner emits and others observe. */
export interface CustomEventSource<E extends CustomEventBase, Host> extends BoundEvent<E, Host> {
  /**
   * Delivers the event to all who observe it, one after another, and returns when the last of them has ended. What a handler throws
   * comes out.
   *
   * @throws OpsError `bad-event-payload` when the payload holds something other than JSON values.
   */
  emit(...payload: PayloadArguments<E['payload']>): Operation<void>;
}

// An event without a payload, or with optional fields only, is emitted without one.
type PayloadArguments<P> = object extends P ? [payload?: P] : [payload: P];

export function customEvents<C extends CustomEventClasses, Host>(
  framework: Framework<Host>,
  emitter: string,
  classes: CustomEventClasses,
): CustomEvents<C, Host> {
  const events = Object.entries(classes).map(([property, eventClass]) => {
    const kind = kindOf(property, emitter);
    framework.define(emitter, kind);
    return [property, customEvent(framework, { emitter, kind, type: typeOf(eventClass) })];
  });
  return Object.fromEntries(events) as CustomEvents<C, Host>;
}

function customEvent<Host>(
  framework: Framework<Host>,
  event: BoundEvent<CustomEventBase, Host>,
): CustomEventSource<CustomEventBase, Host> {
  const emit = (payload: object = {}) =>
    operation(`emit of ${event.kind}`, async () => {
      const snapshot = snapshotOf(payload, event.kind);
      await framework.emitInTurn(event, snapshot);
    });
  return { ...event, emit };
}

function typeOf<Host>(eventClass: CustomEventClasses[string]): EventType<CustomEventBase, Host> {
  return {
    name: eventClass.name,
    deferrable: true,
    create: (delivery, snapshot) => new eventClass(delivery, copyOf(snapshot) as never),
  };
}

function snapshotOf(payload: object, kind: string): JsonObject {
  try {
    return JSON.parse(jsonText(payload));
  } catch (error) {
    const message = `cannot emit ${kind}: ${reasonOf(error)}. ${JSON_ADVICE}`;
    throw new OpsError('bad-event-payload', message, { cause: error });
  }
}

/** `databaseReady` is kept as `database-ready`, as Juju spells events. */
function kindOf(property: string, emitter: string): string {
  if (/^[a-z][A-Za-z0-9]*$/.test(property)) {
    return property.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  }
  throw new OpsError('bad-event-name', `cannot define event ${property} of ${emitter}: name it like databaseReady`);
}
