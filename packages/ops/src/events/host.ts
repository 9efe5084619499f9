// What events are made from.

import type { Backend } from '../model/backend.ts';
import type { Model } from '../model/model.ts';
import type { StatusBase } from '../model/status.ts';

export interface EventHost {
  readonly model: Model;
  readonly backend: Backend;
  /** What collect-status handlers have added so far, of the application and of the unit. */
  readonly collected: { readonly app: StatusBase[]; readonly unit: StatusBase[] };
}
