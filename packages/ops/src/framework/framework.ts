// Delivers events to the handlers that observe them, and keeps what they defer.

import { OpsError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { currentScope, Scope, type ForgottenOperation } from '../operations/scope.ts';
import type { BoundEvent, EventBase, EventName } from './event.ts';
import type { JsonObject } from './json.ts';
import { Notices } from './notices.ts';
import { Observers, type Observer } from './observers.ts';
import { StoredStates } from './stored-states.ts';
import type { Notice, StoreContents } from './store.ts';

export interface ObserveOptions {
  /** Names the handler in the store, in place of the function's own name. */
  readonly id?: string;
}

export interface FrameworkOptions<Host> {
  /** What the charm is made from: its model, metadata and context. */
  readonly host: Host;
  readonly stored: StoreContents;
  readonly logger: Logger;
  /** Class name of the charm, as tools that read the log expect it. */
  readonly charmName: string;
  readonly signal: AbortSignal;
  /** Told of work that a handler started and did not await. */
  readonly onForgotten: (handler: string, forgotten: readonly ForgottenOperation[]) => void;
}

export class Framework<Host> {
  readonly host: Host;
  readonly logger: Logger;
  readonly #options: FrameworkOptions<Host>;
  readonly #objects = new Set<string>();
  readonly #defined = new Set<string>();
  readonly #observers = new Observers<Host>();
  readonly #notices: Notices;
  readonly #states: StoredStates;
  #running: { readonly handler: string; readonly kind: string } | undefined;

  constructor(options: FrameworkOptions<Host>) {
    this.host = options.host;
    this.logger = options.logger;
    this.#options = options;
    this.#notices = new Notices(options.stored.notices);
    this.#states = new StoredStates(options.stored.states);
  }

  /** The handler that runs now, such as `charm.#onStart for start`, if one does. */
  get running(): string | undefined {
    return this.#running?.handler;
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
      },
    }));
    const fresh = deliveries.filter(({ notice }) => this.#enqueue(notice));
    try {
      for (const { notice, observer } of fresh) {
        this.#logCustom(notice, observer);
        if (!(await this.#deliver(notice, observer))) this.#notices.remove(notice);
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

  /** Delivers what earlier dispatches deferred, oldest first. */
  async reemit(): Promise<void> {
    const notices = this.#notices.all();
    for (const [index, notice] of notices.entries()) {
      const observer = this.#observers.find(notice);
      if (observer) {
        const event = this.#describe(notice, observer);
        const position = `${index + 1} of ${notices.length}`;
        this.logger.log('DEBUG', `Re-emitting deferred event ${event} (${position} in queue).`);
        if (!(await this.#deliver(notice, observer))) this.#notices.remove(notice);
      } else {
        const path = this.#path(notice);
        this.logger.log(
          'WARNING',
          `Dropping deferred event ${path}: ${notice.observer} has no handler ${notice.handler}.`,
        );
        this.#notices.remove(notice);
      }
    }
  }

  /** What is to be stored at the end of the dispatch; `undefined` when nothing changed. */
  changes(): StoreContents | undefined {
    const states = this.#states.changes();
    if (!states && !this.#notices.changed) return undefined;
    return { notices: this.#notices.all(), states: states ?? this.#options.stored.states };
  }

  // A notice waits from before the first delivery on, so that one handler's deferrals keep the order of their events.
  #enqueue(notice: Notice): boolean {
    if (!this.#notices.has(notice)) {
      this.#notices.add(notice);
      return true;
    }
    const { observer, handler } = notice;
    this.logger.log('INFO', `Skipping notice (${this.#path(notice)}/${observer}/${handler}) - already in the queue.`);
    return false;
  }

  // As in ops, an event counts as custom if it is emitted while another one is handled.
  #logCustom(notice: Notice, observer: Observer<Host>): void {
    if (this.#running === undefined || this.#running.kind === notice.kind) return;
    this.logger.log('DEBUG', `Emitting custom event ${this.#describe(notice, observer)}.`);
  }

  // Whether the handler deferred the event.
  async #deliver(notice: Notice, observer: Observer<Host>): Promise<boolean> {
    const handler = `${notice.observer}.${notice.handler} for ${notice.kind}`;
    const event = await observer.event.type.create(
      {
        kind: notice.kind,
        signal: this.#options.signal,
        deferrable: observer.event.type.deferrable,
        onDefer: () => this.logger.log('DEBUG', `Deferring ${this.#describe(notice, observer)}.`),
      },
      notice.snapshot,
      this.host,
    );
    const outer = this.#running;
    this.#running = { handler, kind: notice.kind };
    try {
      const forgotten = await new Scope(handler).run(() => observer.call(event));
      if (forgotten.length > 0) this.#options.onForgotten(handler, forgotten);
    } finally {
      this.#running = outer;
    }
    return event.deferred;
  }

  #describe(notice: Notice, observer: Observer<Host>): string {
    return `<${observer.event.type.name} via ${this.#path(notice)}>`;
  }

  // As ops writes it, since tools match these lines: Charm/on/config_changed[3].
  #path(notice: Notice): string {
    const emitter = notice.emitter.replace(/^charm(?=\/|$)/, this.#options.charmName);
    return `${emitter}/${notice.kind.replaceAll('-', '_')}[${notice.sequence}]`;
  }
}
