// What the commands throw for a mistake that the user can correct. Its message alone is printed; anything else is a defect.

import { OpsError } from '@charmed/ops/internal';

/** A mistake in the user's project or command line. The message says what it is and what to do. */
export class CliError extends OpsError {}

/** The code of an error of Node, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
