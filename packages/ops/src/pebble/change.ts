// What Pebble tells of work that it goes on with after it has answered.

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly status: string;
  readonly log: readonly string[];
  readonly progress: { readonly label: string; readonly done: number; readonly total: number };
  readonly spawnTime: Date;
  /** When it ended. */
  readonly readyTime: Date | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  /** Such as `Doing`, `Done` or `Error`. */
  readonly status: string;
  readonly tasks: readonly Task[];
  /** Whether it has ended, well or not. */
  readonly ready: boolean;
  /** Why it failed, if it did. */
  readonly err: string | undefined;
  readonly spawnTime: Date;
  /** When it ended. */
  readonly readyTime: Date | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}
