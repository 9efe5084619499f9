// The port through which deferred notices and stored state survive a dispatch: read once before the charm is constructed, written
// once at the end. Nothing in between touches it, so a dispatch that dies leaves what the last one committed.

import type { JsonObject } from './json.ts';

/** An event that a handler deferred: who is to see it again, and all that is needed to rebuild it. */
export interface Notice {
  /** Number of the event, unique among the notices of a store. */
  readonly sequence: number;
  /** Handle of the event's emitter, such as `charm/on`. */
  readonly emitter: string;
  /** Kind of the event, such as `config-changed`. */
  readonly kind: string;
  /** Handle of the observing object. */
  readonly observer: string;
  /** Name of the handler, such as `#onConfigChanged`. */
  readonly handler: string;
  readonly snapshot: JsonObject;
  /** How many dispatches in a row could not deliver it, since nobody observed it. */
  readonly missed: number;
}

export interface StoreContents {
  /** In the order in which they were deferred. */
  readonly notices: readonly Notice[];
  /** Stored states by handle. */
  readonly states: ReadonlyMap<string, JsonObject>;
}

export interface Store {
  load(): Promise<StoreContents>;
  /** Replaces all contents in one transaction: after it either the new contents are there, or still the old. */
  commit(contents: StoreContents): Promise<void>;
  close(): Promise<void>;
}
