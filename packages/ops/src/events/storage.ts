// The events in the life of a storage.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import { storageGet } from '../hookcmds/storage.ts';
import type { JujuContext } from '../juju/context.ts';
import type { Storage } from '../model/storage.ts';
import type { EventHost } from './host.ts';
import { eventType, type CharmEventType } from './type.ts';

/** Something happened to a storage. */
export abstract class StorageEvent extends EventBase {
  readonly storage: Storage;

  constructor(delivery: EventDelivery, storage: Storage) {
    super(delivery);
    this.storage = storage;
  }
}

/** A storage can be used. Those that the charm was deployed with come before install. */
export class StorageAttachedEvent extends StorageEvent {}

/** A storage is about to be taken away: stop using it. */
export class StorageDetachingEvent extends StorageEvent {}

type StorageEventClass<E extends EventBase> = {
  readonly name: string;
  new (delivery: EventDelivery, storage: Storage): E;
};

function storageType<E extends EventBase>(eventClass: StorageEventClass<E>): CharmEventType<E> {
  return eventType({
    name: eventClass.name,
    create: async (delivery, snapshot, host) => {
      const { Storage } = await import('../model/storage.ts');
      const [name, location] = [textAt(snapshot, 'storage_name'), textAt(snapshot, 'storage_location')];
      return new eventClass(delivery, new Storage(host.backend, name, Number(snapshot.storage_index), location));
    },
  });
}

export interface StorageTypes {
  readonly attached: CharmEventType<StorageAttachedEvent>;
  readonly detaching: CharmEventType<StorageDetachingEvent>;
}

/** By what stands after `storage-` in the name of the hook. */
export const storageTypes: StorageTypes = {
  attached: storageType(StorageAttachedEvent),
  detaching: storageType(StorageDetachingEvent),
};

/** The location is kept, since a deferred event may come again when the storage is gone. */
export async function storageSnapshot(context: JujuContext, host: EventHost): Promise<JsonObject> {
  const id = context.storageId ?? '';
  const slash = id.lastIndexOf('/');
  const { location } = await storageGet(host.backend.runner, id);
  return { storage_name: id.slice(0, slash), storage_index: Number(id.slice(slash + 1)), storage_location: location };
}
