// Events on their way to the handlers that observe them, and the queue of what these defer.

import { OpsError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Delivery } from './delivery.ts';
import type { EventName } from './event.ts';
import type { JsonObject } from './json.ts';
import type { Notices } from './notices.ts';
import type { Observer, Observers } from './observers.ts';
import type { Notice } from './store.ts';

/** An event on its way to those who observe it. */
export interface Emission extends EventName {
  readonly snapshot: JsonObject;
  /** Whether it was deferred in an earlier dispatch. */
  readonly isDeferred: boolean;
}

export interface EmissionsOptions<Host> {
  readonly logger: Logger;
  readonly delivery: Delivery<Host>;
  readonly observers: Observers<Host>;
  readonly notices: Notices;
  /** Told of each event before it is delivered, whether somebody observes it or not. */
  readonly onEmit?: (emission: Emission) => void;
}

/** For so many dispatches a deferred event waits for a handler that is not observed, or cannot take it. */
const DISPATCHES_KEPT = 10;

export class Emissions<Host> {
  readonly #logger: Logger;
  readonly #delivery: Delivery<Host>;
  readonly #observers: Observers<Host>;
  readonly #notices: Notices;
  readonly #onEmit: ((emission: Emission) => void) | undefined;

  constructor(options: EmissionsOptions<Host>) {
    this.#logger = options.logger;
    this.#delivery = options.delivery;
    this.#observers = options.observers;
    this.#notices = options.notices;
    this.#onEmit = options.onEmit;
  }

  /** Delivers an event to everyone who observes it, but not to those for whom an equal one already waits or is being delivered. */
  async emit(event: EventName, snapshot: JsonObject): Promise<void> {
    this.#onEmit?.({ emitter: event.emitter, kind: event.kind, snapshot, isDeferred: false });
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
      this.#logger.log('DEBUG', `Re-emitting deferred event ${event} (${position} in queue).`);
      this.#onEmit?.({ emitter: notice.emitter, kind: notice.kind, snapshot: notice.snapshot, isDeferred: true });
      await this.#redeliver(notice, observer);
    }
  }

  // A notice waits from before the first delivery on, so that one handler's deferrals keep the order of their events.
  #enqueue(notice: Notice): boolean {
    if (!this.#notices.has(notice)) {
      this.#notices.add(notice);
      return true;
    }
    const path = this.#delivery.path(notice);
    this.#logger.log('INFO', `Skipping notice (${path}/${notice.observer}/${notice.handler}) - already in the queue.`);
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
      this.#logger.log(
        'WARNING',
        `Keeping deferred event ${path}: ${reason}. It is dropped after ${left} more dispatches.`,
      );
    } else {
      this.#notices.remove(notice);
      this.#logger.log(
        'WARNING',
        `Dropping deferred event ${path}: ${reason}, for ${DISPATCHES_KEPT} dispatches already.`,
      );
    }
  }

  // As in ops, an event counts as custom if it is emitted while another one is handled.
  #logCustom(notice: Notice, observer: Observer<Host>): void {
    const { running } = this.#delivery;
    if (running === undefined || running.kind === notice.kind) return;
    this.#logger.log('DEBUG', `Emitting custom event ${this.#delivery.describe(notice, observer)}.`);
  }
}
