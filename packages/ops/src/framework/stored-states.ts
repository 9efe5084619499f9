// The stored states of one dispatch: plain objects that handlers change, compared at the end with what was read.

import { OpsError, reasonOf } from '../errors.ts';
import { copyOf, JSON_ADVICE, jsonText, type JsonObject } from './json.ts';

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
    const state: JsonObject = { ...copyOf(defaults), ...copyOf(this.#stored.get(handle)) };
    this.#live.set(handle, state);
    return state;
  }

  /** The handles of those that are open. */
  handles(): ReadonlySet<string> {
    return new Set(this.#live.keys());
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
      const text = textOf(state, handle);
      if (text === JSON.stringify(this.#stored.get(handle))) continue;
      changed = true;
      all.set(handle, JSON.parse(text));
    }
    return changed ? all : undefined;
  }
}

function textOf(state: JsonObject, handle: string): string {
  try {
    return jsonText(state);
  } catch (error) {
    const message = `cannot save stored state ${handle}: ${reasonOf(error)}. ${JSON_ADVICE}`;
    throw new OpsError('bad-stored-state', message, { cause: error });
  }
}
