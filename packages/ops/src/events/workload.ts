// The events of a workload container.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import type { Container } from '../model/container.ts';
import { eventType, type CharmEventType } from './type.ts';

/** Something happened in a workload container. */
export abstract class WorkloadEvent extends EventBase {
  readonly workload: Container;

  constructor(delivery: EventDelivery, workload: Container) {
    super(delivery);
    this.workload = workload;
  }
}

/** Pebble answers in the container: after its first start and after each restart. */
export class PebbleReadyEvent extends WorkloadEvent {}

export const pebbleReadyType: CharmEventType<PebbleReadyEvent> = eventType({
  name: PebbleReadyEvent.name,
  create: (delivery, snapshot, host) =>
    new PebbleReadyEvent(delivery, host.model.unit.container(textAt(snapshot, 'container_name'))),
});

export function workloadSnapshot(context: JujuContext): JsonObject {
  return { container_name: context.workloadName ?? '' };
}
