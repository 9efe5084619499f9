// Storage: instances of what a charm declares, each attached to one unit. Follows juju/juju state/storage.go and
// internal/worker/uniter/storage/resolver.go.

import type { StorageEvent } from './event.ts';
import type { ModelState, UnitState } from './state.ts';
import type { StorageState } from './storage-state.ts';
import { applicationOf, drop, patch, patchInfo, put, unitOf } from './update.ts';

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** A unit's storage, in the order it was added. */
export function storageOf(state: ModelState, unit: string): readonly StorageState[] {
  return Object.values(state.storage)
    .filter((storage) => storage.unit === unit)
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

function numberOf({ id }: StorageState): number {
  return Number(id.slice(id.lastIndexOf('/') + 1));
}

/** What the charm of a new unit needs at least. */
export function addInitialStorage(state: ModelState, unit: string): ModelState {
  const declared = applicationOf(state, unitOf(state, unit).application).charm.storage ?? {};
  return Object.keys(declared).reduce(
    (next, name) => addStorage(next, unit, name, limitsOf(next, unit, name).min),
    state,
  );
}

export function addStorage(state: ModelState, unit: string, name: string, count: number): ModelState {
  const kind = applicationOf(state, unitOf(state, unit).application).charm.storage?.[name]?.type ?? 'filesystem';
  let next = state;
  for (let added = 0; added < count; added += 1) {
    const number = next.model.nextStorage;
    const id = `${name}/${number}`;
    const storage: StorageState = { id, name, unit, kind, location: null, attached: false };
    next = put(patchInfo(next, { nextStorage: number + 1 }), 'storage', id, storage);
  }
  return next;
}

/** Why a unit may not have so much more of a storage, in Juju's words; `undefined` when it may. */
export function refusedStorage(state: ModelState, unit: string, name: string, count: number): string | undefined {
  const declared = applicationOf(state, unitOf(state, unit).application).charm.storage ?? {};
  if (!Object.hasOwn(declared, name)) return `charm storage "${name}" not found`;
  const { min, max } = limitsOf(state, unit, name);
  const total = storageOf(state, unit).filter((storage) => storage.name === name).length + count;
  if (min === 1 && max === 1 && total !== 1) return 'cannot attach, storage is singular';
  if (total <= max) return undefined;
  return `attaching ${count} storage instance${count === 1 ? '' : 's'} brings the total to ${total}, exceeding the maximum of ${max}`;
}

// `1`, `0-`, `1+` or `0-3`; without a range there is exactly one.
function limitsOf(state: ModelState, unit: string, name: string): Limits {
  const range = applicationOf(state, unitOf(state, unit).application).charm.storage?.[name]?.multiple?.range ?? 1;
  const [, min = '1', open, max] = /^(\d+)([-+]?)(\d*)$/.exec(String(range)) ?? [];
  if (max) return { min: Number(min), max: Number(max) };
  return { min: Number(min), max: open ? Infinity : Number(min) };
}

/** The storage is there, at this place: storage-attached is due. */
export function provisionStorage(state: ModelState, id: string, location: string): ModelState {
  return patch(state, 'storage', id, { location });
}

/** `'wait'` while a unit must not go on, for storage that it has to have before its first hook. */
export function nextStorageEvent(state: ModelState, unit: UnitState): StorageEvent | 'wait' | undefined {
  const storages = storageOf(state, unit.name);
  if (unit.life === 'dying') {
    const attached = storages.find((storage) => storage.attached);
    return attached && { kind: 'storage-detaching', storage: attached.id };
  }
  const ready = storages.find(({ attached, location }) => !attached && location !== null);
  if (ready) return { kind: 'storage-attached', storage: ready.id };
  return !unit.installed && storages.some(({ location }) => location === null) ? 'wait' : undefined;
}

/** The event's hook has succeeded. */
export function rememberStorageEvent(state: ModelState, { kind, storage }: StorageEvent): ModelState {
  return kind === 'storage-attached'
    ? patch(state, 'storage', storage, { attached: true })
    : drop(state, 'storage', storage);
}

export function dropStorageOf(state: ModelState, unit: string): ModelState {
  return storageOf(state, unit).reduce((next, { id }) => drop(next, 'storage', id), state);
}
