// What Pebble tells of work that it goes on with after it has answered.

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly status: string;
  readonly log: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  /** Such as `Doing`, `Done` or `Error`. */
  readonly status: string;
  /** Whether it has ended, well or not. */
  readonly ready: boolean;
  /** Why it failed; empty if it did not. */
  readonly err: string;
  readonly tasks: readonly Task[];
  readonly data: Readonly<Record<string, unknown>>;
}
