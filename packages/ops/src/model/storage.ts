// Storage that is attached to this unit.

import { ModelError } from '../errors.ts';
import { storageAdd, storageGet, storageList } from '../hookcmds/storage.ts';
import type { Operation } from '../operations/operation.ts';
import { noteRead } from '../operations/reads.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { requireDeclared } from './declared.ts';

/** One instance of a storage. */
export class Storage {
  /** As the metadata declares it. */
  readonly name: string;
  readonly index: number;
  readonly #backend: Backend;
  #location: string | undefined;

  /** @param location where it is known already. */
  constructor(backend: Backend, name: string, index: number, location?: string) {
    this.name = name;
    this.index = index;
    this.#backend = backend;
    this.#location = location;
  }

  /** As Juju writes it: `data/0`. */
  get id(): string {
    return `${this.name}/${this.index}`;
  }

  /** Absolute path of where it is mounted, or of the device. Asked for once. */
  location(): Operation<string> {
    return operation('storage.location', async () => {
      this.#location ??= (await storageGet(this.#backend.runner, this.id)).location;
      return this.#location;
    });
  }
}

/** The attached instances of one storage. */
export async function readStorages(backend: Backend, name: string): Promise<readonly Storage[]> {
  requireDeclared(backend.meta.storages, 'storage', name);
  noteRead('storage', name);
  return backend.cached(`storages ${name}`, async () => {
    const ids = await storageList(backend.runner, name);
    return ids.map((id) => new Storage(backend, name, indexOf(id)));
  });
}

export async function requestStorages(backend: Backend, name: string, count: number): Promise<void> {
  requireDeclared(backend.meta.storages, 'storage', name);
  if (!Number.isInteger(count) || count < 1) {
    throw new ModelError('bad-storage-count', `cannot request storage ${name}: ${count} is not a number of instances`);
  }
  await storageAdd(backend.runner, { [name]: count });
}

function indexOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('/') + 1));
}
