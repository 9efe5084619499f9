// The limit on how long the other side of a socket may say nothing.

import { PebbleTimeoutError } from '../../pebble/errors.ts';

/** The result of `work`. @throws PebbleTimeoutError when there is none after so many milliseconds, which may be `Infinity`. */
export async function unlessSilent<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  if (timeoutMs === Infinity) return work;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new PebbleTimeoutError(`cannot ${what}: Pebble has been silent for ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
