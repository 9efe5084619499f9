// What the parts of a harness's model know of the rest of it.

import type { MetaSource } from '@charmed/ops';
import type { State } from '../state/state.ts';

export interface Surroundings {
  readonly unitName: string;
  readonly appName: string;
  readonly meta: MetaSource;
  /** All of the model, as it is by now. */
  readonly now: State;
  isLeader(): boolean;
}
