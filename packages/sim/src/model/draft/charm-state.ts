// The charm's state in the controller, as a hook sees and changes it.

import type { Settings } from '../../juju/context/relation.ts';
import type { CharmStateContext } from '../../juju/hook-context.ts';
import type { DraftScope } from './scope.ts';

export class CharmStateDraft implements CharmStateContext {
  readonly #scope: DraftScope;
  #changed: Settings | undefined;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  /** All of the charm's state after the hook; `undefined` leaves it. */
  get changes(): Settings | undefined {
    return this.#changed;
  }

  all(): Settings {
    return this.#changed ?? this.#scope.unit.charmState;
  }

  set(key: string, value: string): void {
    this.#changed = { ...this.all(), [key]: value };
  }

  delete(key: string): void {
    const { [key]: _, ...others } = this.all();
    this.#changed = others;
  }
}
