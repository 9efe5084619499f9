// The events that the framework itself emits, at the end of each dispatch.

import { EventBase, type BoundEvent, type EventDelivery } from './event.ts';

/** Emitted when statuses have been collected. Cannot be deferred. */
export class PreCommitEvent extends EventBase {}

/** Emitted after `preCommit`: the last handlers of a dispatch. Stored state that they change is saved. Cannot be deferred. */
export class CommitEvent extends EventBase {}

export interface FrameworkEvents {
  readonly preCommit: BoundEvent<PreCommitEvent, unknown>;
  readonly commit: BoundEvent<CommitEvent, unknown>;
}

export const frameworkEvents: FrameworkEvents = {
  preCommit: frameworkEvent('pre-commit', PreCommitEvent),
  commit: frameworkEvent('commit', CommitEvent),
};

function frameworkEvent<E extends EventBase>(
  kind: string,
  eventClass: { readonly name: string; new (delivery: EventDelivery): E },
): BoundEvent<E, unknown> {
  const create = (delivery: EventDelivery) => new eventClass(delivery);
  return { emitter: 'on', kind, type: { name: eventClass.name, deferrable: false, create } };
}
