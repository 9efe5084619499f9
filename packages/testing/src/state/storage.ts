// An instance of a storage that is attached to the unit.

import { nextStorageIndex } from './ids.ts';
import { Value } from './value.ts';

export interface StorageFields {
  /** Tells instances of one storage apart. Default: one that no other storage has. */
  readonly index?: number;
  /** Where the charm finds it: a directory of the test's own if the charm uses its files. Default: a path where nothing is. */
  readonly location?: string;
}

export class Storage<N extends string = string> extends Value {
  readonly name: N;
  readonly index: number;
  readonly location: string;

  constructor(name: N, fields: StorageFields = {}) {
    super();
    this.name = name;
    this.index = fields.index ?? nextStorageIndex();
    this.location = fields.location ?? `/var/lib/juju/storage/${name}/${this.index}`;
    Object.freeze(this);
  }

  /** As Juju names it, such as `data/0`. */
  get id(): string {
    return `${this.name}/${this.index}`;
  }

  with(changes: StorageFields): Storage<N> {
    return new Storage(this.name, { ...this, ...changes });
  }
}
