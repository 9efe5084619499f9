// A model in memory, all of it values: a copy is a fork.

import type { CharmClass } from '@charmed/ops';
import type { StoreContents } from '@charmed/ops/internal';
import type { ModelState } from '@charmed/sim/model';
import type { Container } from '../state/container.ts';

export interface World {
  readonly state: ModelState;
  /** By application. */
  readonly charms: Readonly<Record<string, CharmClass>>;
  /** By application: what its units' containers are when they start. */
  readonly templates: Readonly<Record<string, readonly Container[]>>;
  /** What each unit's charm has stored. */
  readonly stores: Readonly<Record<string, StoreContents>>;
  /** By unit. */
  readonly containers: Readonly<Record<string, readonly Container[]>>;
  /** Checks that fail, by unit, then by container. */
  readonly failing: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly secrets: number;
}

/** Models that are related to each other, or one alone. */
export type Worlds = readonly World[];

export const EMPTY_STORE: StoreContents = { notices: [], states: new Map() };

export function emptyWorld(state: ModelState, start: Date): World {
  const nothing = { charms: {}, templates: {}, stores: {}, containers: {}, failing: {} };
  return { state, ...nothing, now: start.getTime(), secrets: 0 };
}

/** ISO 8601. */
export function timeOf({ now }: Pick<World, 'now'>): string {
  return new Date(now).toISOString();
}
