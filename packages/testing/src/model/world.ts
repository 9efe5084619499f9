// A model in memory, all of it values: a copy is a fork.

import type { CharmClass } from '@charmed/ops';
import type { StoreContents } from '@charmed/ops/internal';
import type { ModelState } from '@charmed/sim/model';
import type { Container } from '../state/container.ts';

export interface World {
  readonly state: ModelState;
  /** By application. */
  readonly charms: Readonly<Record<string, CharmClass>>;
  /** What each unit's charm has stored. */
  readonly stores: Readonly<Record<string, StoreContents>>;
  /** By unit. */
  readonly containers: Readonly<Record<string, readonly Container[]>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly secrets: number;
}

export const EMPTY_STORE: StoreContents = { notices: [], states: new Map() };

/** ISO 8601. */
export function timeOf({ now }: Pick<World, 'now'>): string {
  return new Date(now).toISOString();
}
