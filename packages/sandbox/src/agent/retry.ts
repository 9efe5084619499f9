// How long to wait before a failed hook runs again: 5 s at first, twice as long each time, 5 minutes at most.
// Follows juju/juju core/../retrystrategy; without its jitter.

const FACTOR = 2;
const LONGEST_MS = 5 * 60_000;

/** @param failures How often the hook has failed in a row, at least 1. */
export function retryDelay(firstMs: number, failures: number): number {
  return Math.min(firstMs * FACTOR ** (failures - 1), LONGEST_MS);
}
