// Deferred events and stored states of a charm, from one dispatch to the next.

import type { JsonObject } from '@charmed/ops';
import type { Store, StoreContents, StoredNotice } from '@charmed/ops/internal';
import { DeferredEvent } from '../state/deferred-event.ts';
import type { StateFields } from '../state/fields.ts';
import type { State } from '../state/state.ts';
import { StoredState } from '../state/stored-state.ts';

export class MemoryStore implements Store {
  readonly #contents: StoreContents;
  /** What the charm has committed; `undefined` if it has not. */
  committed: StoreContents | undefined;

  constructor(contents: StoreContents) {
    this.#contents = contents;
  }

  async load(): Promise<StoreContents> {
    return this.#contents;
  }

  async commit(contents: StoreContents): Promise<void> {
    this.committed = contents;
  }

  async close(): Promise<void> {}
}

/** What a state has of it. */
export function storedIn({ deferred, storedStates }: State): StoreContents {
  const states = storedStates.map(({ handle, content }) => [handle, content as JsonObject] as const);
  return { notices: deferred.map(noticeFrom), states: new Map(states) };
}

/** As a state has it; nothing if nothing was committed. */
export function stateOfStored(contents: StoreContents | undefined): Pick<StateFields, 'deferred' | 'storedStates'> {
  if (!contents) return {};
  const { notices, states } = contents;
  return { deferred: notices.map(deferredFrom), storedStates: [...states].map(storedStateFrom) };
}

function noticeFrom(event: DeferredEvent, index: number): StoredNotice {
  const { kind, emitter, observer, handler, snapshot, missed } = event;
  return { sequence: index + 1, kind, emitter, observer, handler, snapshot, missed };
}

function deferredFrom({ kind, emitter, observer, handler, snapshot, missed }: StoredNotice): DeferredEvent {
  return new DeferredEvent(kind, { emitter, observer, handler, snapshot, missed });
}

function storedStateFrom([handle, content]: readonly [string, object]): StoredState<object> {
  const slash = handle.lastIndexOf('/');
  return new StoredState(handle.slice(slash + 1), { owner: handle.slice(0, slash), content });
}
