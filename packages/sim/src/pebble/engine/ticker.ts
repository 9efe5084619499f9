// Ticks at a steady pace, as Go's time.Ticker: a tick that nobody has taken yet is the only one that is kept.

import type { Clock, Timer } from './clock.ts';

export class Ticker {
  readonly #clock: Clock;
  readonly #periodMs: number;
  #timer: Timer;
  #isDue = false;
  #wake: () => void = () => undefined;

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
    this.#timer = this.#start();
  }

  /** Whether there is a tick to take, which this takes. */
  take(): boolean {
    const isDue = this.#isDue;
    this.#isDue = false;
    return isDue;
  }

  /** Is called with each tick. */
  onTick(wake: () => void): void {
    this.#wake = wake;
  }

  /** The next tick is a whole period away. */
  reset(): void {
    this.#timer.cancel();
    this.#timer = this.#start();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #start(): Timer {
    return this.#clock.after(this.#periodMs, () => {
      this.#isDue = true;
      this.#timer = this.#start();
      this.#wake();
    });
  }
}
