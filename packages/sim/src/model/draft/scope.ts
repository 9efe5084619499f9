// What each part of a hook's view of the model is made from.

import type { BegunHook } from '../commit.ts';
import type { HookEffect } from '../effect.ts';
import type { ApplicationState, UnitState } from '../state.ts';

/** Where a hook's immediate effects go. */
export interface HookSink {
  effect(effect: HookEffect): void;
  log(level: string, message: string): void;
  /** The charm asks to be killed, and run again after a reboot. */
  rebootNow?(): void;
}

/** What is not in the model. */
export interface HookWorld {
  /** ISO 8601. */
  now(): string;
  /** A bare id that no secret has. */
  secretId(): string;
}

export interface DraftScope {
  readonly hook: BegunHook;
  readonly unit: UnitState;
  readonly application: ApplicationState;
  readonly sink: HookSink;
  readonly world: HookWorld;
}
