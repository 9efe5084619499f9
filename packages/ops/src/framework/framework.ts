// What a charm is built on: its objects, who observes what, the events on their way, and what is stored at the end.

import { OpsError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { currentScope, type Read } from '../operations/scope.ts';
import type { Breakpoints } from './breakpoints.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { Emissions, type EmissionsOptions } from './emissions.ts';
import type { BoundEvent, EventBase, EventName } from './event.ts';
import type { JsonObject } from './json.ts';
import { frameworkEvents, type FrameworkEvents } from './lifecycle.ts';
import { Notices } from './notices.ts';
import { Observers } from './observers.ts';
import { StoredStates } from './stored-states.ts';
import type { LoadedContents, StoreContents } from './store.ts';

export interface ObserveOptions {
  /** Names the handler in the store, in place of the function's own name. */
  readonly id?: string;
}

export interface FrameworkOptions<Host> extends DeliveryOptions<Host>, Pick<EmissionsOptions<Host>, 'onEmit'> {
  /** Whether an event is delivered although an equal one waits for its handler already, as a harness does. Default: false. */
  readonly keepsDuplicates?: boolean;
  /** Where `breakpoint` stops. */
  readonly breakpoints: Breakpoints;
  readonly stored: LoadedContents;
}

/** What one handler does in a dispatch. */
export interface HandlerRun {
  /** Handle of its object. */
  readonly object: string;
  /** Its name on that object. */
  readonly handler: string;
  /** The events that it observes. */
  readonly events: readonly EventName[];
  readonly reads: readonly Read[];
}

export class Framework<Host> {
  readonly host: Host;
  readonly logger: Logger;
  /** The events that the framework emits itself. */
  readonly on: FrameworkEvents = frameworkEvents;
  readonly #stored: LoadedContents;
  readonly #delivery: Delivery<Host>;
  readonly #emissions: Emissions<Host>;
  readonly #objects = new Set<string>();
  readonly #defined = new Set<string>();
  readonly #observers = new Observers<Host>();
  readonly #breakpoints: Breakpoints;
  readonly #notices: Notices;
  readonly #states: StoredStates;

  constructor(options: FrameworkOptions<Host>) {
    this.host = options.host;
    this.logger = options.logger;
    this.#stored = options.stored;
    this.#delivery = new Delivery(options);
    this.#breakpoints = options.breakpoints;
    this.#notices = new Notices(options.stored.notices, options.keepsDuplicates);
    this.#states = new StoredStates(options.stored.states);
    this.#emissions = new Emissions({
      ...options,
      delivery: this.#delivery,
      observers: this.#observers,
      notices: this.#notices,
    });
  }

  /** The handler that runs now, such as `charm.#onStart for start`, if one does. */
  get running(): string | undefined {
    return this.#delivery.running?.handler;
  }

  /** @throws OpsError `duplicate-object` when the handle is taken. */
  register(handle: string): void {
    if (this.#objects.has(handle)) {
      throw new OpsError('duplicate-object', `cannot create a second object with the handle ${handle}`);
    }
    this.#objects.add(handle);
  }

  observe<E extends EventBase>(
    event: BoundEvent<E, Host>,
    object: { readonly handle: string },
    handler: (event: E) => void | Promise<void>,
    options: ObserveOptions,
  ): void {
    const name = options.id ?? handler.name;
    if (name === '') {
      throw new OpsError(
        'anonymous-handler',
        `cannot observe ${event.kind}: the handler has no name. Use a method, or give it an id: observe(event, handler, { id }).`,
      );
    }
    const call = (delivered: EventBase) => handler.call(object, delivered as E);
    this.#observers.add({ event, handle: object.handle, name, call }, handler);
  }

  observes(event: EventName): boolean {
    return this.#observers.of(event).length > 0;
  }

  storedState(handle: string, defaults: JsonObject): JsonObject {
    return this.#states.open(handle, defaults);
  }

  /** @throws OpsError `duplicate-event` when the emitter has an event of this kind. */
  define(emitter: string, kind: string): void {
    const key = `${emitter}/${kind}`;
    if (this.#defined.has(key))
      throw new OpsError('duplicate-event', `cannot define a second event ${kind} of ${emitter}`);
    this.#defined.add(key);
  }

  /** Delivers an event to everyone who observes it, but not to those for whom an equal one already waits or is being delivered. */
  emit(event: EventName, snapshot: JsonObject = {}): Promise<void> {
    return this.#emissions.emit(event, snapshot);
  }

  /** Delivers what earlier dispatches deferred, oldest first. */
  reemit(): Promise<void> {
    return this.#emissions.reemit();
  }

  /** `emit` for handlers: events that one handler emits without waiting are delivered one after another all the same. */
  emitInTurn(event: EventName, snapshot: JsonObject): Promise<void> {
    const emit = () => this.emit(event, snapshot);
    return currentScope()?.inTurn(emit) ?? emit();
  }

  /** Gives what another framework has stored, if that is where the contents are from, to the objects that the charm has by now. */
  takeOver(): void {
    const { takeover } = this.#stored;
    if (!takeover) return;
    const match = takeover.match({ observers: this.#observers.all(), states: this.#states.handles() });
    for (const notice of match.notices) this.#notices.add(notice);
    this.logger.log('INFO', match.summary);
    for (const line of match.unmatched) this.logger.log('WARNING', line);
  }

  /**
   * Stops here in the debugger of `juju debug-code --at=NAME` (or `all`); `out` leads to the caller. Does nothing otherwise.
   *
   * @throws OpsError `bad-breakpoint-name`: names look like `foo-bar`, and `all` and `hook` are taken.
   */
  breakpoint(name?: string): void {
    // oxlint-disable-next-line no-debugger -- what this method is for
    if (this.#breakpoints.isWanted(name)) debugger;
  }

  /** What each handler observes, and has read so far. */
  handlerRuns(): readonly HandlerRun[] {
    const observers = Map.groupBy(this.#observers.all(), ({ handle, name }) => `${handle} ${name}`);
    return [...observers.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      const { handle: object, name: handler } = first;
      return [
        { object, handler, events: [first, ...others].map(({ event }) => event), reads: this.#delivery.readsOf(first) },
      ];
    });
  }

  /** What is to be stored at the end of the dispatch; `undefined` when nothing changed. */
  changes(): StoreContents | undefined {
    const states = this.#states.changes();
    if (!states && !this.#notices.changed && !this.#stored.takeover) return undefined;
    return { notices: this.#notices.all(), states: states ?? this.#stored.states };
  }
}
