// The clock of the machine.

import type { Clock, Timer } from '../engine/clock.ts';

// Longer timers than this fire at once.
const maxDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, callback): Timer {
    let timer = setTimeout(next, Math.min(ms, maxDelayMs), ms);
    function next(waited: number): void {
      const left = waited - maxDelayMs;
      if (left > 0) timer = setTimeout(next, Math.min(left, maxDelayMs), left);
      else callback();
    }
    return { cancel: () => clearTimeout(timer) };
  },
};
