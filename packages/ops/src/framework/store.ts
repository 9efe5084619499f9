// The port through which deferred notices and stored state survive a dispatch: read once before the charm is constructed, written
// once at the end. Nothing in between touches it, so a dispatch that dies leaves what the last one committed.

import type { EventName } from './event.ts';
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

export interface LoadedContents extends StoreContents {
  /** Whether nothing was ever stored. */
  readonly isNew?: boolean;
  /** Set when the contents are those of another framework. They have to be committed, whether they change or not. */
  readonly takeover?: Takeover;
}

export interface Store {
  load(): Promise<LoadedContents>;
  /** Replaces all contents in one transaction: after it either the new contents are there, or still the old. */
  commit(contents: StoreContents): Promise<void>;
  close(): Promise<void>;
}

/** What another framework has stored for this charm, which meets the charm's own objects once these exist. */
export interface Takeover {
  /**
   * Finds who is meant by what was stored.
   *
   * @throws OpsError when something that the charm needs cannot be taken over.
   */
  match(charm: CharmObjects): Match;
}

export interface Match {
  /** In the order in which they were deferred. */
  readonly notices: readonly Notice[];
  /** What has no match, and where it stays: lines for the log. */
  readonly unmatched: readonly string[];
  /** What was found in all: a line for the log. */
  readonly summary: string;
}

/** Who handles what, and which states are open. */
export interface CharmObjects {
  readonly observers: readonly CharmObserver[];
  /** Handles of the stored states. */
  readonly states: ReadonlySet<string>;
}

export interface CharmObserver {
  readonly event: EventName;
  /** Handle of the observing object. */
  readonly handle: string;
  /** Name of the handler on that object. */
  readonly name: string;
}
