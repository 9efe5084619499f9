// The event of reconcilers.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt } from '../framework/json.ts';
import { bound } from './bound.ts';
import { eventType, type CharmEvent, type CharmEventType } from './type.ts';

/** Something happened that what a reconciler reads may depend on. Cannot be deferred: it comes again with the next such event. */
export class ReconcileEvent extends EventBase {
  /** What happened, such as `db-relation-changed`: for the log. A reconciler does the same whatever it is. */
  readonly cause: string;

  constructor(delivery: EventDelivery, cause: string) {
    super(delivery);
    this.cause = cause;
  }
}

const reconcileType: CharmEventType<ReconcileEvent> = eventType({
  name: ReconcileEvent.name,
  deferrable: false,
  create: (delivery, snapshot) => new ReconcileEvent(delivery, textAt(snapshot, 'cause')),
});

export const reconcileEvent: CharmEvent<ReconcileEvent> = bound('reconcile', reconcileType);
