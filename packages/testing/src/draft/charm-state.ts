// What the charm keeps with Juju.

import type { HookContext, Settings } from '@charmed/sim/juju';
import { current, type DraftScope } from './scope.ts';

type CharmStateContext = HookContext['state'];

export class CharmStateDraft implements CharmStateContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  all(): Settings {
    return current(this.#scope, 'charmState');
  }

  set(key: string, value: string): void {
    this.#scope.changes.charmState = { ...this.all(), [key]: value };
  }

  delete(key: string): void {
    const { [key]: _, ...others } = this.all();
    this.#scope.changes.charmState = others;
  }
}
