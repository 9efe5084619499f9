// Deferred events and stored states of a charm, from one state to the next.

import type { JsonObject } from '@charmed/ops';
import type { Store, StoreContents, StoredNotice } from '@charmed/ops/internal';
import { DeferredEvent } from '../state/deferred-event.ts';
import type { State, StateFields } from '../state/state.ts';
import { StoredState } from '../state/stored-state.ts';

export class MemoryStore implements Store {
  readonly #state: State;
  #committed: StoreContents | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  async load(): Promise<StoreContents> {
    const states = this.#state.storedStates.map(({ handle, content }) => [handle, content as JsonObject] as const);
    return { notices: this.#state.deferred.map(noticeFrom), states: new Map(states) };
  }

  async commit(contents: StoreContents): Promise<void> {
    this.#committed = contents;
  }

  async close(): Promise<void> {}

  /** What the charm has committed; nothing if it has not. */
  changes(): Pick<StateFields, 'deferred' | 'storedStates'> {
    if (!this.#committed) return {};
    const { notices, states } = this.#committed;
    return { deferred: notices.map(deferredFrom), storedStates: [...states].map(storedStateFrom) };
  }
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
