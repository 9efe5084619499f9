// Copies of a state with one entity changed, added or dropped.

import { OpsError } from '@charmed/ops/internal';
import type { SecretState } from './secret/state.ts';
import type {
  ApplicationState,
  ModelInfo,
  ModelState,
  RelationState,
  RemoteApplication,
  TaskState,
  UnitState,
} from './state.ts';
import type { StorageState } from './storage-state.ts';

interface Collections {
  readonly applications: ApplicationState;
  readonly units: UnitState;
  readonly remotes: RemoteApplication;
  readonly relations: RelationState;
  readonly tasks: TaskState;
  readonly secrets: SecretState;
  readonly storage: StorageState;
}
type Collection = keyof Collections;

/** Thrown when a command does not fit the model, such as one on an unknown application. The state stays what it was. */
export class ModelCommandError extends OpsError {}

export function put<C extends Collection>(
  state: ModelState,
  collection: C,
  key: string,
  entity: Collections[C],
): ModelState {
  return { ...state, [collection]: { ...state[collection], [key]: entity } };
}

export function patch<C extends Collection>(
  state: ModelState,
  collection: C,
  key: string,
  change: Partial<Collections[C]>,
): ModelState {
  const entities = state[collection] as Readonly<Record<string, Collections[C]>>;
  const entity = entities[key];
  return entity === undefined ? state : put(state, collection, key, { ...entity, ...change });
}

export function drop(state: ModelState, collection: Collection, key: string): ModelState {
  const { [key]: _, ...others } = state[collection] as Readonly<Record<string, unknown>>;
  return { ...state, [collection]: others };
}

export function patchInfo(state: ModelState, change: Partial<ModelInfo>): ModelState {
  return { ...state, model: { ...state.model, ...change } };
}

/** @throws ModelCommandError `unknown-application`. */
export function applicationOf(state: ModelState, name: string): ApplicationState {
  const application = state.applications[name];
  if (application === undefined) {
    const known = Object.keys(state.applications).join(', ') || 'none';
    throw new ModelCommandError('unknown-application', `cannot find application "${name}": the model has ${known}`);
  }
  return application;
}

/** @throws ModelCommandError `unknown-unit`. */
export function unitOf(state: ModelState, name: string): UnitState {
  const unit = state.units[name];
  if (unit === undefined) {
    const known = Object.keys(state.units).join(', ') || 'none';
    throw new ModelCommandError('unknown-unit', `cannot find unit "${name}": the model has ${known}`);
  }
  return unit;
}

/** In the order of their numbers. */
export function unitsOf(state: ModelState, application: string): readonly UnitState[] {
  return Object.values(state.units)
    .filter((unit) => unit.application === application)
    .toSorted((a, b) => a.number - b.number);
}
