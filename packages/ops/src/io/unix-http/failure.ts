// What a broken connection means to whoever has asked Pebble for something.

import { reasonOf } from '../../errors.ts';
import { PebbleConnectionError, PebbleError } from '../../pebble/errors.ts';

const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES']);

/** What the system says, told as a {@link PebbleConnectionError}; what else was thrown stays as it is. @param what method and path. */
export function failureOf(cause: unknown, what: string, socketPath: string): Error {
  if (cause instanceof PebbleError || codeOf(cause) === '') return cause as Error;
  const reason = reasonOf(cause);
  if (ABSENT.has(codeOf(cause))) {
    const hint = 'The container may not have started: ask canConnect() first, or wait for its pebble-ready event.';
    return new PebbleConnectionError(`cannot reach Pebble: ${reason}. ${hint}`, { cause });
  }
  return new PebbleConnectionError(`cannot complete ${what} on ${socketPath}: ${reason}`, { cause });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
