// Brings one event to one handler, and describes it in the log as ops does.

import type { Logger } from '../log.ts';
import { Scope, type ForgottenOperation, type Read } from '../operations/scope.ts';
import type { DispatchEnd } from './dispatch-end.ts';
import type { EventBase, EventName } from './event.ts';
import type { Observer } from './observers.ts';
import type { Notice } from './store.ts';

export interface DeliveryOptions<Host> {
  /** What the charm is made from: its model, metadata and context. */
  readonly host: Host;
  readonly logger: Logger;
  /** Class name of the charm, as tools that read the log expect it. */
  readonly charmName: string;
  readonly end: DispatchEnd;
  /** Whether a debugger is to stop before handlers of this event. Default: nowhere. */
  readonly stopsIn?: (event: EventName) => boolean;
  /** Told of work that a handler started and did not await. */
  readonly onForgotten: (handler: string, forgotten: readonly ForgottenOperation[]) => void;
}

type HandlerName = Pick<Observer<unknown>, 'handle' | 'name'>;

/** The handler that runs now. */
interface Running {
  /** Such as `charm.#onStart for start`. */
  readonly handler: string;
  /** Kind of the event. */
  readonly kind: string;
}

export class Delivery<Host> {
  readonly #options: DeliveryOptions<Host>;
  readonly #reads = new Map<string, Map<string, Read>>();
  #running: Running | undefined;

  constructor(options: DeliveryOptions<Host>) {
    this.#options = options;
  }

  get running(): Running | undefined {
    return this.#running;
  }

  /** Makes the event from its snapshot. @throws OpsError `bad-snapshot` when it is not one of this event. */
  async eventOf(notice: Notice, observer: Observer<Host>): Promise<EventBase> {
    const { type } = observer.event;
    const delivery = {
      kind: notice.kind,
      end: this.#options.end,
      deferrable: type.deferrable,
      onDefer: () => this.#options.logger.log('DEBUG', `Deferring ${this.describe(notice, observer)}.`),
    };
    return type.create(delivery, notice.snapshot, this.#options.host);
  }

  /** Runs the handler to its end, work that it did not await included. Returns whether it deferred the event. */
  async hand(event: EventBase, notice: Notice, observer: Observer<Host>): Promise<boolean> {
    const handler = `${notice.observer}.${notice.handler} for ${notice.kind}`;
    const outer = this.#running;
    this.#running = { handler, kind: notice.kind };
    try {
      const scope = new Scope(handler);
      const forgotten = await scope.run(() => {
        // oxlint-disable-next-line no-debugger -- what `juju debug-code --at=hook` is for: `step` leads into the handler
        if (this.#options.stopsIn?.(notice)) debugger;
        return observer.call(event);
      });
      this.#noteReads(observer, scope.reads);
      if (forgotten.length > 0) this.#options.onForgotten(handler, forgotten);
    } finally {
      this.#running = outer;
    }
    return event.deferred;
  }

  /** What the handler has read so far, in all its runs. */
  readsOf({ handle, name }: HandlerName): readonly Read[] {
    return [...(this.#reads.get(`${handle} ${name}`)?.values() ?? [])];
  }

  #noteReads({ handle, name }: HandlerName, reads: ReadonlyMap<string, Read>): void {
    const key = `${handle} ${name}`;
    this.#reads.set(key, new Map([...(this.#reads.get(key) ?? []), ...reads]));
  }

  /** As ops writes it, since tools match these lines: `<ConfigChangedEvent via Charm/on/config_changed[3]>`. */
  describe(notice: Notice, observer: Observer<Host>): string {
    return `<${observer.event.type.name} via ${this.path(notice)}>`;
  }

  path(notice: Notice): string {
    const emitter = notice.emitter.replace(/^charm(?=\/|$)/, this.#options.charmName);
    return `${emitter}/${notice.kind.replaceAll('-', '_')}[${notice.sequence}]`;
  }
}
