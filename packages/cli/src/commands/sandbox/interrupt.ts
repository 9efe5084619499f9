// Ctrl-C as something that a command can clean up after.

import { CliError, INTERRUPTED } from '../../errors.ts';

/** @param work is given a signal that aborts on Ctrl-C. A second one ends the process. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new CliError(INTERRUPTED, 'interrupted'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await work(interrupted.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
