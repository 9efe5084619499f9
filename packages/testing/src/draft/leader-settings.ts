// What the leader tells the other units of its application with leader-set.

import type { HookContext, Settings } from '@charmed/sim/juju';
import { mergeSettings } from '@charmed/sim/model';
import { current, type DraftScope } from './scope.ts';

type LeaderSettingsContext = HookContext['leaderSettings'];

export class LeaderSettingsDraft implements LeaderSettingsContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  all(): Settings {
    return current(this.#scope, 'leaderSettings');
  }

  update(changes: Settings): void {
    this.#scope.changes.leaderSettings = mergeSettings(this.all(), changes);
  }
}
