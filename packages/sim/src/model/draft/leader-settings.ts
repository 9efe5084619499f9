// The leader settings of the application, as a hook sees and sets them: at once.

import type { Settings } from '../../juju/context/relation.ts';
import type { LeaderSettingsContext } from '../../juju/hook-context.ts';
import { mergeSettings } from '../changes.ts';
import type { DraftScope } from './scope.ts';

export class LeaderSettingsDraft implements LeaderSettingsContext {
  readonly #scope: DraftScope;
  #settings: Settings;

  constructor(scope: DraftScope) {
    this.#scope = scope;
    this.#settings = scope.application.leaderSettings?.settings ?? {};
  }

  all(): Settings {
    return this.#settings;
  }

  update(changes: Settings): void {
    const before = this.#settings;
    this.#settings = mergeSettings(before, changes);
    if (JSON.stringify(this.#settings) === JSON.stringify(before)) return;
    this.#scope.sink.effect({ kind: 'leader-settings', settings: this.#settings });
  }
}
