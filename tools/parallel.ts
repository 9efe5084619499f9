// Work on many things at once.

import { availableParallelism } from 'node:os';

// Much of the work waits. Where the peers are run, these real programs take processors too.
const workers = availableParallelism() + (process.env['REQUIRE_PEERS'] === '1' ? 0 : 1);

/** Results come in the order in which the work ended. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const queue = items.values();
  const results: R[] = [];
  const drain = async (): Promise<void> => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: workers }, drain));
  return results;
}
