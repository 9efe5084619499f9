// The storage of a harness: instances that are there, and those of them that are attached.

import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Storage } from '../state/storage.ts';
import { HarnessError } from './errors.ts';
import type { Emitter } from './emitter.ts';
import type { OwnDirectory } from './own-directory.ts';
import type { World } from './world.ts';

export class Storages {
  readonly #world: World;
  readonly #charm: Emitter;
  readonly #directory: OwnDirectory;

  constructor(world: World, charm: Emitter, directory: OwnDirectory) {
    this.#world = world;
    this.#charm = charm;
    this.#directory = directory;
  }

  async add(name: string, count: number, attach: boolean): Promise<readonly string[]> {
    const declared = Object.keys(this.#world.meta.storage ?? {});
    if (!declared.includes(name)) {
      throw new HarnessError(`cannot add storage ${name}: the metadata declares ${declared.join(', ') || 'none'}`);
    }
    const ids = this.#world.storage.create(name, count).map(({ id }) => id);
    if (attach) for (const id of ids) await this.attach(id);
    return ids;
  }

  /** Does nothing to one that is attached. */
  async attach(id: string): Promise<void> {
    const storage = this.#find(id);
    if (this.#world.storage.attached.has(id)) return;
    this.#mount(storage);
    this.#world.storage.attached.add(id);
    this.#charm.forget();
    await this.#charm.emitIfEnabled({ what: 'storage-attached', storage });
  }

  /** All instances of a storage, with their events also if they were attached before there was a charm. */
  async attachAll(name: string): Promise<void> {
    for (const storage of this.#world.storage.instances.values()) {
      if (storage.name !== name) continue;
      if (this.#world.storage.attached.has(storage.id)) await this.#charm.emit({ what: 'storage-attached', storage });
      else await this.attach(storage.id);
    }
  }

  async detach(id: string): Promise<void> {
    if (!this.#charm.hasBegun) {
      throw new HarnessError(`cannot detach ${id}: there is no charm yet. Call \`await harness.begin()\` first.`);
    }
    const storage = this.#find(id);
    await this.#detaching(storage);
    this.#unmount(storage);
  }

  async remove(id: string): Promise<void> {
    const storage = this.#find(id);
    if (this.#charm.hasBegun) await this.#detaching(storage);
    this.#unmount(storage);
    this.#world.storage.instances.delete(id);
  }

  async #detaching(storage: Storage): Promise<void> {
    if (!this.#world.storage.attached.has(storage.id)) return;
    await this.#charm.emitIfEnabled({ what: 'storage-detaching', storage });
  }

  #find(id: string): Storage {
    const storage = this.#world.storage.instances.get(id);
    if (storage) return storage;
    const known = [...this.#world.storage.instances.keys()].join(', ') || 'none';
    throw new HarnessError(`cannot find storage ${id}: this harness has ${known}. addStorage returns the ids.`);
  }

  #mount({ name, location }: Storage): void {
    for (const path of this.#mountPoints(name)) {
      if (isLink(path)) continue;
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(location, path);
    }
  }

  #unmount({ id, name, location }: Storage): void {
    this.#world.storage.attached.delete(id);
    for (const path of this.#mountPoints(name)) if (isLink(path) && readlinkSync(path) === location) rmSync(path);
    this.#charm.forget();
  }

  // In the containers that mount it.
  #mountPoints(storage: string): readonly string[] {
    return Object.entries(this.#world.meta.containers ?? {}).flatMap(([container, declared]) => {
      const mounts = declared?.mounts?.filter((mount) => mount.storage === storage) ?? [];
      return mounts.flatMap(({ location }) =>
        location === undefined ? [] : [join(this.#directory.at('containers', container), location)],
      );
    });
  }
}

function isLink(path: string): boolean {
  try {
    return existsSync(path) && readlinkSync(path) !== '';
  } catch {
    return false;
  }
}
