// What every event is, and how one is made again from what was stored of it.

import { OpsError } from '../errors.ts';
import type { DispatchEnd } from './dispatch-end.ts';
import type { JsonObject } from './json.ts';

/** The base of all events. A handler gets an object of its own, also when several observe the same event. */
export abstract class EventBase {
  /** Name of the event as Juju spells it, such as `config-changed` or `db-relation-joined`. */
  readonly kind: string;
  readonly #delivery: EventDelivery;
  #deferred = false;

  constructor(delivery: EventDelivery) {
    this.kind = delivery.kind;
    this.#delivery = delivery;
  }

  /** Aborted when the dispatch ends; for waits and streams. */
  get signal(): AbortSignal {
    return this.#delivery.end.signal;
  }

  /**
   * Asks for this event to be delivered to this handler again, before the next event that Juju dispatches.
   *
   * @throws OpsError `not-deferrable` for events that cannot come again: actions, stop, remove, collect-status.
   */
  defer(): void {
    if (!this.#delivery.deferrable) {
      throw new OpsError('not-deferrable', `cannot defer ${this.kind}: this event cannot be delivered again`);
    }
    if (!this.#deferred) this.#delivery.onDefer();
    this.#deferred = true;
  }

  get deferred(): boolean {
    return this.#deferred;
  }
}

/** What the framework gives an event on its way to one handler. */
export interface EventDelivery {
  readonly kind: string;
  readonly end: DispatchEnd;
  readonly deferrable: boolean;
  readonly onDefer: () => void;
}

/** How to make events of one type. `Host` is what they are made from: the charm's model. */
export interface EventType<E extends EventBase, Host> {
  /** Class name, for the log. */
  readonly name: string;
  readonly deferrable: boolean;
  /** Makes the event anew from its snapshot, for the first delivery and for each later one. */
  create(delivery: EventDelivery, snapshot: JsonObject, host: Host): E | Promise<E>;
}

export interface EventName {
  /** Handle of the emitter, such as `charm/on`. */
  readonly emitter: string;
  readonly kind: string;
}

/** An event that can be observed: a type of event under a name, of one emitter. */
export interface BoundEvent<E extends EventBase, Host> extends EventName {
  readonly type: EventType<E, Host>;
}
