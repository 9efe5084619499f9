// The charm, as the parts of a harness see it that change the model around it.

import type { About } from '../events/about.ts';

export interface Emitter {
  readonly hasBegun: boolean;
  /** Emits an event. @throws what a handler throws. */
  emit(about: About): Promise<void>;
  /** Emits an event, unless there is no charm yet or hooks are disabled. */
  emitIfEnabled(about: About): Promise<void>;
  /** Lets the charm ask everything again, since the model has changed. */
  forget(): void;
  /** @throws HarnessError before `begin`. */
  requireBegun(): void;
}
