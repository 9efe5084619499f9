// The stored states of one dispatch: plain objects that handlers change, compared at the end with what was read.

import { OpsError, reasonOf } from '../errors.ts';
import type { JsonObject } from './json.ts';

export class StoredStates {
  readonly #stored: ReadonlyMap<string, JsonObject>;
  readonly #live = new Map<string, JsonObject>();

  constructor(stored: ReadonlyMap<string, JsonObject>) {
    this.#stored = stored;
  }

  /** @throws OpsError `duplicate-stored-state` when the handle is taken. */
  open(handle: string, defaults: JsonObject): JsonObject {
    if (this.#live.has(handle)) {
      throw new OpsError(
        'duplicate-stored-state',
        `cannot open stored state ${handle}: it is already open. Give each stored state of an object a name of its own.`,
      );
    }
    const state: JsonObject = { ...structuredClone(defaults), ...structuredClone(this.#stored.get(handle)) };
    this.#live.set(handle, state);
    return state;
  }

  /**
   * Everything to be stored, states that were not opened in this dispatch included, or `undefined` if nothing changed.
   *
   * @throws OpsError `bad-stored-state` when a state holds something other than JSON values.
   */
  changes(): ReadonlyMap<string, JsonObject> | undefined {
    let changed = false;
    const all = new Map(this.#stored);
    for (const [handle, state] of this.#live) {
      const text = jsonText(state, handle);
      if (text === JSON.stringify(this.#stored.get(handle))) continue;
      changed = true;
      all.set(handle, JSON.parse(text));
    }
    return changed ? all : undefined;
  }
}

function jsonText(state: JsonObject, handle: string): string {
  try {
    return JSON.stringify(state, function requireJson(this: Readonly<Record<string, unknown>>, key) {
      const value = this[key]; // what is stored, not what a toJSON() would make of it
      if (!isJson(value)) throw new TypeError(`field ${JSON.stringify(key)} holds ${kindOf(value)}, not a JSON value`);
      return value;
    });
  } catch (error) {
    const advice = 'Store strings, finite numbers, booleans, null, arrays and plain objects.';
    const message = `cannot save stored state ${handle}: ${reasonOf(error)}. ${advice}`;
    throw new OpsError('bad-stored-state', message, { cause: error });
  }
}

function isJson(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function kindOf(value: unknown): string {
  return value instanceof Object ? value.constructor.name : String(value);
}
