// What rules look at, and what they find.

import type { JujuVersion, MetaSource } from '@charmed/ops';
import type { ContextEvent } from '../events/context-event.ts';
import type { State } from '../state/state.ts';

export interface Situation {
  readonly meta: MetaSource;
  readonly state: State;
  readonly event: ContextEvent;
  readonly jujuVersion: JujuVersion;
  /** Such as `web/0`. */
  readonly unitName: string;
}

/** Each is told what is wrong, and what to change. */
export interface Findings {
  /** Juju would never come to this. */
  wrong(finding: string): void;
  /** Probably not what is meant. */
  doubtful(finding: string): void;
}

export type Rule = (situation: Situation, findings: Findings) => void;

/** For the end of a message: what there is to choose from. */
export function namesOf(section: object | null | undefined): string {
  return Object.keys(section ?? {}).join(', ') || 'none';
}

/** Those that are there a second time. */
export function repeated<T>(values: readonly T[]): ReadonlySet<T> {
  if (values.length < 2) return new Set();
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}
