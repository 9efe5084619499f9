// The events at the end of each dispatch in which a charm says how it is.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { settableName, type StatusBase } from '../model/status.ts';
import { eventType, type CharmEventType } from './type.ts';

/**
 * Every handler adds the statuses that it knows of; the most important one is set: error, blocked, maintenance, waiting, active.
 * Cannot be deferred.
 */
export class CollectStatusEvent extends EventBase {
  readonly #collected: StatusBase[];

  constructor(delivery: EventDelivery, collected: StatusBase[]) {
    super(delivery);
    this.#collected = collected;
  }

  /** @throws InvalidStatusError for a status that only Juju sets. */
  addStatus(status: StatusBase): void {
    settableName(status);
    this.#collected.push(status);
  }
}

export interface CollectStatusTypes {
  readonly 'collect-app-status': CharmEventType<CollectStatusEvent>;
  readonly 'collect-unit-status': CharmEventType<CollectStatusEvent>;
}

export const collectStatusTypes: CollectStatusTypes = {
  'collect-app-status': collect('app'),
  'collect-unit-status': collect('unit'),
};

function collect(scope: 'app' | 'unit'): CharmEventType<CollectStatusEvent> {
  return eventType({
    name: CollectStatusEvent.name,
    deferrable: false,
    create: (delivery, _snapshot, host) => new CollectStatusEvent(delivery, host.collected[scope]),
  });
}
