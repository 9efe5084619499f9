// The storage of a harness, as hook commands see it.

import { HookContextError, type HookContext } from '@charmed/sim/juju';
import { Storage } from '../state/storage.ts';
import type { OwnDirectory } from './own-directory.ts';
import type { Surroundings } from './surroundings.ts';

type StorageContext = HookContext['storage'];

/** What `storage-get` and its like see. */
export class StorageWorld implements StorageContext {
  readonly current = undefined;
  readonly instances: Map<string, Storage> = new Map();
  readonly attached: Set<string> = new Set();
  readonly #world: Surroundings;
  readonly #directory: OwnDirectory;
  #nextIndex = 0;

  constructor(world: Surroundings, directory: OwnDirectory) {
    this.#world = world;
    this.#directory = directory;
  }

  ids(): readonly string[] {
    return [...this.instances.keys()].filter((id) => this.attached.has(id));
  }

  get(id: string): ReturnType<StorageContext['get']> {
    const storage = this.attached.has(id) ? this.instances.get(id) : undefined;
    if (!storage) throw new HookContextError(`invalid value "${id}" for option -s: storage not found`);
    return { kind: this.#world.meta.storage?.[storage.name]?.type ?? 'filesystem', location: storage.location };
  }

  /** As in ops, what the charm asks for is there at once, and the test attaches it. */
  add(name: string, count: number): void {
    this.create(name, count);
  }

  create(name: string, count: number): readonly Storage[] {
    return Array.from({ length: count }, () => {
      const index = this.#nextIndex++;
      const storage = new Storage(name, { index, location: this.#directory.at('storages', name, String(index)) });
      this.instances.set(storage.id, storage);
      return storage;
    });
  }
}
