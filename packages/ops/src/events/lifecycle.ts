// The events in the life of a unit, which carry nothing but their name.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { eventType, type CharmEventType } from './type.ts';

/** An event that says all with its name. */
export abstract class LifecycleEvent extends EventBase {}

/** The unit is new: install what the workload needs. */
export class InstallEvent extends LifecycleEvent {}

/** The unit is configured and starts; again after a restart of its machine or pod. */
export class StartEvent extends LifecycleEvent {}

/** The unit is about to be removed: stop the workload. Cannot be deferred. */
export class StopEvent extends LifecycleEvent {}

/** The last event of a unit: clean up. Cannot be deferred. */
export class RemoveEvent extends LifecycleEvent {}

/** The configuration has changed, or the unit has just been installed or upgraded. */
export class ConfigChangedEvent extends LifecycleEvent {}

/** Time for a regular look at the workload. */
export class UpdateStatusEvent extends LifecycleEvent {}

/** The charm has been replaced by another revision. */
export class UpgradeCharmEvent extends LifecycleEvent {}

/** This unit has become the leader. */
export class LeaderElectedEvent extends LifecycleEvent {}

type LifecycleClass<E extends EventBase> = { readonly name: string; new (delivery: EventDelivery): E };

export function lifecycle<E extends EventBase>(eventClass: LifecycleClass<E>, deferrable = true): CharmEventType<E> {
  return eventType({ name: eventClass.name, deferrable, create: (delivery) => new eventClass(delivery) });
}

export interface LifecycleTypes {
  readonly install: CharmEventType<InstallEvent>;
  readonly start: CharmEventType<StartEvent>;
  readonly stop: CharmEventType<StopEvent>;
  readonly remove: CharmEventType<RemoveEvent>;
  readonly 'config-changed': CharmEventType<ConfigChangedEvent>;
  readonly 'update-status': CharmEventType<UpdateStatusEvent>;
  readonly 'upgrade-charm': CharmEventType<UpgradeCharmEvent>;
  readonly 'leader-elected': CharmEventType<LeaderElectedEvent>;
}

/** By the name of the hook. */
export const lifecycleTypes: LifecycleTypes = {
  install: lifecycle(InstallEvent),
  start: lifecycle(StartEvent),
  stop: lifecycle(StopEvent, false),
  remove: lifecycle(RemoveEvent, false),
  'config-changed': lifecycle(ConfigChangedEvent),
  'update-status': lifecycle(UpdateStatusEvent),
  'upgrade-charm': lifecycle(UpgradeCharmEvent),
  'leader-elected': lifecycle(LeaderElectedEvent),
};
