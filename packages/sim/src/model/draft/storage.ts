// The storage as a hook sees it, and what it asks for.

import type { StorageAttachment, StorageContext } from '../../juju/context/storage.ts';
import { HookContextError } from '../../juju/hook-context.ts';
import { isStorageEvent } from '../event.ts';
import { storageOf } from '../storage.ts';
import type { DraftScope } from './scope.ts';

export class StorageDraft implements StorageContext {
  readonly #scope: DraftScope;
  readonly #added = new Map<string, number>();

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  /** How much more of each storage. */
  get changes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#added);
  }

  get current(): string | undefined {
    const { event } = this.#scope.hook;
    return isStorageEvent(event) ? event.storage : undefined;
  }

  ids(): readonly string[] {
    const { hook, unit } = this.#scope;
    return storageOf(hook.base, unit.name).map(({ id }) => id);
  }

  get(id: string): StorageAttachment {
    const { hook, unit } = this.#scope;
    const storage = storageOf(hook.base, unit.name).find((each) => each.id === id);
    if (storage === undefined) throw new HookContextError(`storage attachment "${id}" not found`);
    if (storage.location === null) throw new HookContextError(`storage attachment "${id}" not provisioned`);
    return { kind: storage.kind, location: storage.location };
  }

  add(name: string, count: number): void {
    this.#added.set(name, (this.#added.get(name) ?? 0) + count);
  }
}
