// What a hook changes, and what that does to the model. Until a hook succeeds, the model knows nothing of it, but for statuses, versions
// and logs (see effect.ts). Follows juju/juju internal/worker/uniter/runner/context/context.go, Flush.

import type { PortRange } from '../juju/context/network.ts';
import type { Settings } from '../juju/context/relation.ts';
import { applySecretChanges, NO_SECRET_CHANGES, refusedSecretChange, type SecretChanges } from './secret/changes.ts';
import type { Bag, ModelState, RelationState } from './state.ts';
import { addStorage, refusedStorage } from './storage.ts';
import { patch, unitOf } from './update.ts';

/** What a hook asked for and Juju holds back until the hook succeeds. */
export interface HookChanges {
  /** Settings to change, by relation id; an empty value deletes its key. */
  readonly unitSettings: Readonly<Record<string, Settings>>;
  readonly applicationSettings: Readonly<Record<string, Settings>>;
  /** All of the unit's ports after the hook; `undefined` leaves them. */
  readonly openedPorts: readonly PortRange[] | undefined;
  /** All of the charm's state after the hook; `undefined` leaves it. */
  readonly charmState: Settings | undefined;
  readonly secrets: SecretChanges;
  /** How much more of each storage. */
  readonly storage: Readonly<Record<string, number>>;
  /** The machine is to be rebooted. */
  readonly reboot: boolean;
}

export const NO_CHANGES: HookChanges = {
  unitSettings: {},
  applicationSettings: {},
  openedPorts: undefined,
  charmState: undefined,
  secrets: NO_SECRET_CHANGES,
  storage: {},
  reboot: false,
};

/** Why Juju would not take the changes, in its words, which fails the hook; `undefined` when it would. */
export function refusedChange(state: ModelState, unit: string, { storage, secrets }: HookChanges): string | undefined {
  const ofStorage = Object.entries(storage).map(([name, count]) => refusedStorage(state, unit, name, count));
  return ofStorage.find((reason) => reason !== undefined) ?? refusedSecretChange(state, unit, secrets);
}

export function applyChanges(state: ModelState, name: string, changes: HookChanges, at: string): ModelState {
  const unit = unitOf(state, name);
  let next = patch(state, 'units', name, {
    openedPorts: changes.openedPorts ?? unit.openedPorts,
    charmState: changes.charmState ?? unit.charmState,
  });
  for (const [id, settings] of Object.entries(changes.unitSettings))
    next = applySettings(next, id, 'units', name, settings);
  for (const [id, settings] of Object.entries(changes.applicationSettings)) {
    next = applySettings(next, id, 'applications', unit.application, settings);
  }
  for (const [storage, count] of Object.entries(changes.storage)) next = addStorage(next, name, storage, count);
  return applySecretChanges(next, name, changes.secrets, at);
}

function applySettings(
  state: ModelState,
  id: string,
  side: 'units' | 'applications',
  owner: string,
  change: Settings,
): ModelState {
  const relation = state.relations[id];
  const bags: Readonly<Record<string, Bag>> = relation?.[side] ?? {};
  const bag = bags[owner];
  if (relation === undefined || bag === undefined) return state;
  const settings = mergeSettings(bag.settings, change);
  if (JSON.stringify(settings) === JSON.stringify(bag.settings)) return state;
  const changed: Partial<RelationState> = {
    [side]: { ...bags, [owner]: { ...bag, settings, version: bag.version + 1 } },
  };
  return patch(state, 'relations', id, changed);
}

/** Settings with a change applied, sorted by key. */
export function mergeSettings(settings: Settings, change: Settings): Settings {
  const merged = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
