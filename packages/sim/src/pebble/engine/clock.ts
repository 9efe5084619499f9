// The port through which the engine sees time.

export interface Clock {
  now(): Date;
  /** Calls back once, after this many milliseconds. */
  after(ms: number, callback: () => void): Timer;
}

export interface Timer {
  /** Does nothing when the time has passed. */
  cancel(): void;
}
