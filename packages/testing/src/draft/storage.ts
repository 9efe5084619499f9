// The storage of the unit.

import { HookContextError, type HookContext } from '@charmed/sim/juju';
import type { DraftScope } from './scope.ts';

type StorageContext = HookContext['storage'];

export class StorageDraft implements StorageContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  get current(): string | undefined {
    const { about } = this.#scope.event;
    return 'storage' in about ? about.storage.id : undefined;
  }

  ids(): readonly string[] {
    return this.#scope.state.storages.map(({ id }) => id);
  }

  get(id: string): ReturnType<StorageContext['get']> {
    const storage = this.#scope.state.storages.find((each) => each.id === id);
    if (!storage) throw new HookContextError(`storage attachment "${id}" not found`);
    const kind = this.#scope.meta.storage?.[storage.name]?.type ?? 'filesystem';
    return { kind, location: storage.location };
  }

  // What comes of it is for a later event.
  add(name: string, count: number): void {
    this.#scope.records.requestedStorages[name] = count;
  }
}
