// A directory or file of the test's own machine that is in a container.

import { Value } from './value.ts';

export interface MountFields {
  /** Where it is in the container, as an absolute path. */
  readonly location: string;
  /** What is there, on the machine that runs the test. What the charm writes there is written here. */
  readonly source: string;
}

export class Mount extends Value {
  readonly location: string;
  readonly source: string;

  constructor(fields: MountFields) {
    super();
    this.location = fields.location;
    this.source = fields.source;
    Object.freeze(this);
  }

  with(changes: Partial<MountFields>): Mount {
    return new Mount({ ...this, ...changes });
  }
}
