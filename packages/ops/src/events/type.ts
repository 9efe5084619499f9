// How an event class becomes a type that the framework can deliver.

import type { BoundEvent, EventBase, EventDelivery, EventType } from '../framework/event.ts';
import type { JsonObject } from '../framework/json.ts';
import type { EventHost } from './host.ts';

/** A type of event of a charm. */
export type CharmEventType<E extends EventBase> = EventType<E, EventHost>;

/** An event of a charm that can be observed: `this.on.configChanged`. */
export type CharmEvent<E extends EventBase> = BoundEvent<E, EventHost>;

interface TypeOptions<E extends EventBase> {
  readonly name: string;
  /** Default: true. */
  readonly deferrable?: boolean;
  readonly create: (delivery: EventDelivery, snapshot: JsonObject, host: EventHost) => E | Promise<E>;
}

export function eventType<E extends EventBase>(options: TypeOptions<E>): CharmEventType<E> {
  return { deferrable: true, ...options };
}
