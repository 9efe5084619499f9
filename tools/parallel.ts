// Work on many things at once, without more of it under way than there are processors.

import { availableParallelism } from 'node:os';

/** Results come in the order in which the work ended. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const queue = items.values();
  const results: R[] = [];
  const drain = async (): Promise<void> => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, drain));
  return results;
}
