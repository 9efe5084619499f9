// What an object of the charm keeps between dispatches: `this.storedState(defaults, { name })`.

import { frozen, Value } from './value.ts';

export interface StoredStateFields<T> {
  /** Handle of the object whose state it is. Default: `charm`. */
  readonly owner?: string;
  readonly content?: T;
}

export class StoredState<T extends object = Readonly<Record<string, unknown>>> extends Value {
  readonly name: string;
  readonly owner: string;
  readonly content: T;

  /** @param name as given to `storedState`. */
  constructor(name = 'stored', fields: StoredStateFields<T> = {}) {
    super();
    this.name = name;
    this.owner = fields.owner ?? 'charm';
    this.content = frozen(fields.content ?? ({} as T));
    Object.freeze(this);
  }

  /** As the store names it, such as `charm/stored`. */
  get handle(): string {
    return `${this.owner}/${this.name}`;
  }

  with(changes: StoredStateFields<T>): StoredState<T> {
    return new StoredState<T>(this.name, { ...this, ...changes });
  }
}
