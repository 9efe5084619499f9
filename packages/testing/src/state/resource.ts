// A resource that was deployed with the charm.

import { Value } from './value.ts';

export class Resource<N extends string = string> extends Value {
  readonly name: N;
  /** The file that the charm gets. */
  readonly path: string;

  constructor(name: N, fields: { readonly path: string }) {
    super();
    this.name = name;
    this.path = fields.path;
    Object.freeze(this);
  }

  with(changes: { readonly path?: string }): Resource<N> {
    return new Resource(this.name, { ...this, ...changes });
  }
}
