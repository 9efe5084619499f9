// Who observes what: for each event the handlers in the order in which they were registered.

import { OpsError } from '../errors.ts';
import type { BoundEvent, EventBase, EventName } from './event.ts';

export interface Observer<Host> {
  readonly event: BoundEvent<EventBase, Host>;
  /** Handle of the observing object. */
  readonly handle: string;
  /** Name of the handler on that object. */
  readonly name: string;
  call(event: EventBase): void | Promise<void>;
}

interface Registered<Host> extends Observer<Host> {
  readonly handler: unknown;
}

export class Observers<Host> {
  readonly #byEvent = new Map<string, Registered<Host>[]>();
  readonly #handlers = new Map<string, unknown>();

  /** Registering the same handler twice for an event calls it once, as in ops. */
  add(observer: Observer<Host>, handler: unknown): void {
    this.#refuseNamesake(observer, handler);
    const key = eventKey(observer.event);
    const registered = this.#byEvent.get(key) ?? [];
    if (registered.some((known) => known.handle === observer.handle && known.name === observer.name)) return;
    this.#byEvent.set(key, [...registered, { ...observer, handler }]);
  }

  of(event: EventName): readonly Observer<Host>[] {
    return this.#byEvent.get(eventKey(event)) ?? [];
  }

  all(): readonly Observer<Host>[] {
    return [...this.#byEvent.values()].flat();
  }

  find(notice: EventName & { readonly observer: string; readonly handler: string }): Observer<Host> | undefined {
    return this.of(notice).find((known) => known.handle === notice.observer && known.name === notice.handler);
  }

  // Two functions of one name would be one in the store: a deferred event could reach the wrong one.
  #refuseNamesake(observer: Observer<Host>, handler: unknown): void {
    const key = `${observer.handle} ${observer.name}`;
    const known = this.#handlers.get(key);
    if (known !== undefined && known !== handler) {
      throw new OpsError(
        'ambiguous-handler',
        `cannot observe ${observer.event.kind}: ${observer.handle} already has another handler named ${observer.name}. Give one of them an id: observe(event, handler, { id }).`,
      );
    }
    this.#handlers.set(key, handler);
  }
}

function eventKey(event: EventName): string {
  return `${event.emitter}/${event.kind}`;
}
