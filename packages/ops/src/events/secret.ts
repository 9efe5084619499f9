// The events in the life of a secret.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import type { SecretWithId } from '../model/secret.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { EventHost } from './host.ts';
import { eventType, type CharmEventType } from './type.ts';

/** Something happened to a secret. */
export abstract class SecretEvent extends EventBase {
  /** Which one; its label, if the charm has given it one, tells it apart. Nothing of it has been read yet. */
  readonly secret: SecretWithId;

  constructor(delivery: EventDelivery, secret: SecretWithId) {
    super(delivery);
    this.secret = secret;
  }
}

/** Its owner has given a secret that this unit tracks new content: `event.secret.getContent({ refresh: true })` takes it up. */
export class SecretChangedEvent extends SecretEvent {}

/** It is time for new content, of a secret that this charm owns. Comes again until there is some. Cannot be deferred. */
export class SecretRotateEvent extends SecretEvent {}

/** An event about one revision. */
abstract class SecretRevisionEvent extends SecretEvent {
  readonly revision: number;

  constructor(delivery: EventDelivery, secret: SecretWithId, revision: number) {
    super(delivery, secret);
    this.revision = revision;
  }

  /** Removes the revision that this event is about. */
  removeRevision(): Operation<void> {
    return operation('event.removeRevision', () => this.secret.removeRevision(this.revision));
  }
}

/** Nobody tracks a revision of a secret that this charm owns any more: remove it. */
export class SecretRemoveEvent extends SecretRevisionEvent {}

/** A revision of a secret that this charm owns has expired: remove it. Comes again until it is. Cannot be deferred. */
export class SecretExpiredEvent extends SecretRevisionEvent {}

export interface SecretTypes {
  readonly 'secret-changed': CharmEventType<SecretChangedEvent>;
  readonly 'secret-rotate': CharmEventType<SecretRotateEvent>;
  readonly 'secret-remove': CharmEventType<SecretRemoveEvent>;
  readonly 'secret-expired': CharmEventType<SecretExpiredEvent>;
}

/** By the name of the hook. */
export const secretTypes: SecretTypes = {
  'secret-changed': secretType(SecretChangedEvent),
  'secret-rotate': secretType(SecretRotateEvent, false),
  'secret-remove': revisionType(SecretRemoveEvent),
  'secret-expired': revisionType(SecretExpiredEvent, false),
};

export function secretSnapshot(context: JujuContext): JsonObject {
  return {
    id: context.secretId ?? '',
    ...(context.secretLabel !== undefined && { label: context.secretLabel }),
    ...(context.secretRevision !== undefined && { revision: context.secretRevision }),
  };
}

type EventClass<E extends EventBase, Args extends readonly unknown[]> = {
  readonly name: string;
  new (delivery: EventDelivery, ...args: Args): E;
};

function secretType<E extends EventBase>(
  eventClass: EventClass<E, [SecretWithId]>,
  deferrable = true,
): CharmEventType<E> {
  return eventType({
    name: eventClass.name,
    deferrable,
    create: async (delivery, snapshot, host) => new eventClass(delivery, await secretFrom(snapshot, host)),
  });
}

function revisionType<E extends EventBase>(
  eventClass: EventClass<E, [SecretWithId, number]>,
  deferrable = true,
): CharmEventType<E> {
  return eventType({
    name: eventClass.name,
    deferrable,
    create: async (delivery, snapshot, host) =>
      new eventClass(delivery, await secretFrom(snapshot, host), Number(snapshot.revision)),
  });
}

// Loaded on use: most dispatches have nothing to do with secrets.
async function secretFrom(snapshot: JsonObject, host: EventHost): Promise<SecretWithId> {
  const { Secret } = await import('../model/secret.ts');
  const label = typeof snapshot.label === 'string' ? snapshot.label : undefined;
  return Secret.withId(host.backend, { id: textAt(snapshot, 'id'), label });
}
