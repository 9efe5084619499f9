// An object that observes events, emits its own, and has state: the charm itself, or a part of it.

import { customEvents, type CustomEvents, type CustomEventClasses, type StorablePayloads } from './custom-event.ts';
import type { BoundEvent, EventBase } from './event.ts';
import type { Framework, ObserveOptions } from './framework.ts';
import type { Storable } from './json.ts';

/** The base of everything that can observe. Its handle names it in the store and never depends on class names. */
export class FrameworkObject<Host> {
  readonly framework: Framework<Host>;
  /** Path from the charm, such as `charm/ingress`. */
  readonly handle: string;

  /** @param key names the object among its siblings. */
  constructor(parent: FrameworkObject<Host> | Framework<Host>, key: string) {
    this.framework = parent instanceof FrameworkObject ? parent.framework : parent;
    this.handle = parent instanceof FrameworkObject ? `${parent.handle}/${key}` : key;
    this.framework.register(this.handle);
  }

  /**
   * Runs `handler` when the event comes. Handlers run one after another, in the order in which they were observed.
   *
   * The handler's own name finds it again when the event was deferred, so give an anonymous one an `id`.
   *
   * @throws OpsError `anonymous-handler`, or `ambiguous-handler` for a second function of the same name.
   */
  observe<E extends EventBase>(
    event: BoundEvent<E, Host>,
    handler: (this: this, event: E) => void | Promise<void>,
    options: ObserveOptions = {},
  ): void {
    this.framework.observe(event, this, handler, options);
  }

  /**
   * State that outlives the dispatch: read before the charm is constructed, saved at its end if the dispatch succeeds.
   *
   * @param defaults the values of fields that were never stored; JSON values only.
   */
  storedState<T extends object>(defaults: T & Storable<T>, options: { readonly name?: string } = {}): T {
    return this.framework.storedState(`${this.handle}/${options.name ?? 'stored'}`, defaults) as T;
  }

  /**
   * Events that this object emits, by the property under which they are observed:
   *
   * ```ts
   * class DatabaseReadyEvent extends CustomEventBase<{ url: string }> {}
   *
   * class Database extends OpsObject {
   *   readonly on = this.defineEvents({ ready: DatabaseReadyEvent });
   * }
   * ```
   *
   * `await this.on.ready.emit({ url })` delivers it; the charm observes `this.database.on.ready`.
   *
   * @throws OpsError `duplicate-event` or `bad-event-name`.
   */
  defineEvents<C extends CustomEventClasses>(classes: C & StorablePayloads<C>): CustomEvents<C, Host> {
    return customEvents<C, Host>(this.framework, `${this.handle}/on`, classes);
  }
}
