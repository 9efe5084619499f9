// An event that a handler has deferred in an earlier dispatch. It comes again before the event of a run.

import type { JsonObject } from '@charmed/ops';
import { frozen, Value } from './value.ts';

export interface DeferredEventFields {
  /** Name of the handler that gets it, such as `#onConfigChanged`. */
  readonly handler: string;
  /** Handle of the handler's object. Default: `charm`. */
  readonly observer?: string;
  /** Who emitted it. Default: `charm/on`, as for all that comes from Juju. */
  readonly emitter?: string;
  /** What the event is made from again. */
  readonly snapshot?: JsonObject;
  /** How many dispatches in a row nobody took it. Default: 0. */
  readonly missed?: number;
}

export class DeferredEvent extends Value {
  /** Such as `config-changed`. */
  readonly kind: string;
  readonly handler: string;
  readonly observer: string;
  readonly emitter: string;
  readonly snapshot: JsonObject;
  readonly missed: number;

  constructor(kind: string, fields: DeferredEventFields) {
    super();
    this.kind = kind;
    this.handler = fields.handler;
    this.observer = fields.observer ?? 'charm';
    this.emitter = fields.emitter ?? 'charm/on';
    this.snapshot = frozen(fields.snapshot ?? {});
    this.missed = fields.missed ?? 0;
    Object.freeze(this);
  }

  with(changes: Partial<DeferredEventFields>): DeferredEvent {
    return new DeferredEvent(this.kind, { ...this, ...changes });
  }
}
