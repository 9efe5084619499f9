// Delivers events to the handlers that observe them, and keeps what they defer.

import { OpsError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { currentScope, type Read } from '../operations/scope.ts';
import type { Breakpoints } from './breakpoints.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import type { BoundEvent, EventBase, EventName } from './event.ts';
import type { JsonObject } from './json.ts';
import { frameworkEvents, type FrameworkEvents } from './lifecycle.ts';
import { Notices } from './notices.ts';
import { Observers, type Observer } from './observers.ts';
import { StoredStates } from './stored-states.ts';
import type { LoadedContents, Notice, StoreContents } from './store.ts';

export interface ObserveOptions {
  /** Names the handler in the store, in place of the function's own name. */
  readonly id?: string;
}

export interface FrameworkOptions<Host> extends DeliveryOptions<Host> {
  /** Where `breakpoint` stops. */
  readonly breakpoints: Breakpoints;
  readonly stored: LoadedContents;
  /** Told of each event before it is delivered, whether somebody observes it or not. */
  readonly onEmit?: (emission: Emission) => void;
}

/** An event on its way to those who observe it. */
export interface Emission extends EventName {
  readonly snapshot: JsonObject;
  /** Whether it was deferred in an earlier dispatch. */
  readonly isDeferred: boolean;
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

/** For so many dispatches a deferred event waits for a handler that is not observed, or cannot take it. */
const DISPATCHES_KEPT = 10;

export class Framework<Host> {
  readonly host: Host;
  readonly logger: Logger;
  /** The events that the framework emits itself. */
  readonly on: FrameworkEvents = frameworkEvents;
  readonly #stored: LoadedContents;
  readonly #onEmit: (emission: Emission) => void;
  readonly #delivery: Delivery<Host>;
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
    this.#onEmit = options.onEmit ?? (() => undefined);
    this.#delivery = new Delivery(options);
    this.#breakpoints = options.breakpoints;
    this.#notices = new Notices(options.stored.notices);
    this.#states = new StoredStates(options.stored.states);
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
  async emit(event: EventName, snapshot: JsonObject = {}): Promise<void> {
    this.#onEmit({ emitter: event.emitter, kind: event.kind, snapshot, isDeferred: false });
    const sequence = this.#notices.nextSequence();
    const deliveries = this.#observers.of(event).map((observer) => ({
      observer,
      notice: {
        sequence,
        emitter: event.emitter,
        kind: event.kind,
        observer: observer.handle,
        handler: observer.name,
        snapshot,
        missed: 0,
      },
    }));
    const fresh = deliveries.filter(({ notice }) => this.#enqueue(notice));
    try {
      for (const { notice, observer } of fresh) {
        this.#logCustom(notice, observer);
        const made = await this.#delivery.eventOf(notice, observer);
        if (!(await this.#delivery.hand(made, notice, observer))) this.#notices.remove(notice);
      }
    } catch (error) {
      for (const { notice } of fresh) this.#notices.remove(notice); // who emitted it has heard of the failure
      throw error;
    }
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

  /** Delivers what earlier dispatches deferred, oldest first. */
  async reemit(): Promise<void> {
    const notices = this.#notices.all();
    for (const [index, notice] of notices.entries()) {
      const observer = this.#observers.find(notice);
      if (!observer) {
        this.#keep(notice, `${notice.observer} has no handler ${notice.handler} for it`);
        continue;
      }
      const event = this.#delivery.describe(notice, observer);
      const position = `${index + 1} of ${notices.length}`;
      this.logger.log('DEBUG', `Re-emitting deferred event ${event} (${position} in queue).`);
      this.#onEmit({ emitter: notice.emitter, kind: notice.kind, snapshot: notice.snapshot, isDeferred: true });
      await this.#redeliver(notice, observer);
    }
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

  // A notice waits from before the first delivery on, so that one handler's deferrals keep the order of their events.
  #enqueue(notice: Notice): boolean {
    if (!this.#notices.has(notice)) {
      this.#notices.add(notice);
      return true;
    }
    const path = this.#delivery.path(notice);
    this.logger.log('INFO', `Skipping notice (${path}/${notice.observer}/${notice.handler}) - already in the queue.`);
    return false;
  }

  async #redeliver(notice: Notice, observer: Observer<Host>): Promise<void> {
    const event = await this.#delivery.eventOf(notice, observer).catch((error: unknown) => {
      if (error instanceof OpsError && error.code === 'bad-snapshot') return this.#keep(notice, error.message);
      throw error;
    });
    if (!event) return;
    if (await this.#delivery.hand(event, notice, observer)) this.#notices.heard(notice);
    else this.#notices.remove(notice);
  }

  // A handler may be back after the next refresh or when a condition holds, so its events are not dropped at once.
  #keep(notice: Notice, reason: string): void {
    const path = this.#delivery.path(notice);
    const left = DISPATCHES_KEPT - notice.missed;
    if (left > 0) {
      this.#notices.miss(notice);
      this.logger.log(
        'WARNING',
        `Keeping deferred event ${path}: ${reason}. It is dropped after ${left} more dispatches.`,
      );
    } else {
      this.#notices.remove(notice);
      this.logger.log(
        'WARNING',
        `Dropping deferred event ${path}: ${reason}, for ${DISPATCHES_KEPT} dispatches already.`,
      );
    }
  }

  // As in ops, an event counts as custom if it is emitted while another one is handled.
  #logCustom(notice: Notice, observer: Observer<Host>): void {
    const { running } = this.#delivery;
    if (running === undefined || running.kind === notice.kind) return;
    this.logger.log('DEBUG', `Emitting custom event ${this.#delivery.describe(notice, observer)}.`);
  }
}
