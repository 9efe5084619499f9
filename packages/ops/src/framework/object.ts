// An object of the charm that observes events: the charm itself, or a part of it.

import type { BoundEvent, EventBase } from './event.ts';
import type { Framework, ObserveOptions } from './framework.ts';

/** The base of everything that can observe. Its handle names it in the store and never depends on class names. */
export class OpsObject<Host> {
  readonly framework: Framework<Host>;
  /** Path from the charm, such as `charm/ingress`. */
  readonly handle: string;

  /** @param key names the object among its siblings. */
  constructor(parent: OpsObject<Host> | Framework<Host>, key: string) {
    this.framework = parent instanceof OpsObject ? parent.framework : parent;
    this.handle = parent instanceof OpsObject ? `${parent.handle}/${key}` : key;
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
}

/** `V` if JSON can hold it, else a type that nothing fits. Objects and arrays in a stored state may be changed in place. */
export type Storable<V> = V extends string | number | boolean | null
  ? V
  : V extends bigint | symbol | undefined | ((...args: never[]) => unknown)
    ? never
    : { [K in keyof V]: Storable<V[K]> };
