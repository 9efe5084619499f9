// What Python ops had stored for a charm becomes what this library stores. States have their handles at once; who is meant by a notice
// shows when the charm's handlers are known.

import { OpsError, reasonOf } from '../../errors.ts';
import type { JsonObject } from '../../framework/json.ts';
import type { LoadedContents, Notice } from '../../framework/store.ts';
import type { CharmObjects, Match, Takeover } from '../../framework/store.ts';
import { charmClassOf, eventOf, isFrameworkState, stateHandleOf } from './handles.ts';
import { jsonImage } from './json-image.ts';
import { matchNotice } from './notices.ts';
import type { PythonNotice, PythonStore } from './python-store.ts';

/** The contents of a store that has none yet. */
export function takeOver(store: PythonStore): LoadedContents {
  const takeover = new PythonTakeover(store);
  return { notices: [], states: takeover.states, takeover };
}

class PythonTakeover implements Takeover {
  /** By the handles that they have here. */
  readonly states = new Map<string, JsonObject>();
  /** Why a state is not among them, by handle. */
  readonly #failures = new Map<string, OpsError>();
  readonly #store: PythonStore;
  readonly #charmClass: string | undefined;

  constructor(store: PythonStore) {
    this.#store = store;
    // A charm whose class was renamed has left behind what the old one stored; what was written last is not of that one.
    this.#charmClass = [...store.snapshots.keys()].map(charmClassOf).findLast((name) => name !== undefined);
    for (const path of store.snapshots.keys()) {
      const handle = this.#stateHandle(path);
      if (handle !== undefined) this.#takeState(path, handle);
    }
  }

  match(charm: CharmObjects): Match {
    for (const [handle, error] of this.#failures) if (charm.states.has(handle)) throw error;
    const notices: Notice[] = [];
    const unmatched: string[] = [];
    for (const notice of this.#store.notices) {
      const found = this.#matchNotice(notice, charm);
      if (found) notices.push(found);
      else unmatched.push(`deferred event ${notice.eventPath} for ${notice.observerPath}.${notice.method}`);
    }
    for (const path of this.#store.snapshots.keys()) {
      if (isFrameworkState(path) || eventOf(path) !== undefined) continue;
      if (!charm.states.has(this.#stateHandle(path) ?? '')) unmatched.push(`stored state ${path}`);
    }
    const { place } = this.#store;
    return {
      notices,
      summary: `Took over ${notices.length} deferred events and ${this.states.size} stored states of Python ops from ${place}.`,
      unmatched: unmatched.map((what) => `No match for the ${what} of Python ops: it stays in ${place}.`),
    };
  }

  #takeState(path: string, handle: string): void {
    const what = `stored state ${path}`;
    if (this.states.has(handle)) this.#failures.set(handle, this.#failure(what, `another one is ${handle} here too`));
    try {
      this.states.set(handle, this.#read(path));
    } catch (error) {
      this.#failures.set(handle, this.#failure(what, error));
    }
  }

  #matchNotice(notice: PythonNotice, { observers }: CharmObjects): Notice | undefined {
    if (!this.#isOfCharm(notice.observerPath)) return undefined;
    return matchNotice(notice, observers, () => {
      try {
        return this.#read(notice.eventPath);
      } catch (error) {
        throw this.#failure(`deferred event ${notice.eventPath}`, error);
      }
    });
  }

  #stateHandle(path: string): string | undefined {
    return this.#isOfCharm(path) ? stateHandleOf(path) : undefined;
  }

  #isOfCharm(path: string): boolean {
    return [this.#charmClass, undefined].includes(charmClassOf(path));
  }

  #read(path: string): JsonObject {
    const read = this.#store.snapshots.get(path);
    if (read === undefined) throw new Error('there is no snapshot of it');
    return jsonImage(read());
  }

  #failure(what: string, reason: unknown): OpsError {
    return new OpsError(
      'cannot-take-over',
      `cannot take over ${what} of Python ops: ${reasonOf(reason)}. Nothing was changed; refresh to a charm that does without it, or back to the Python charm and change it there.`,
      { cause: reason },
    );
  }
}
