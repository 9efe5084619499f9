// What the commands throw for a mistake that the user can correct. `charmed.ts` prints the message alone; anything else is a defect.

import { OpsError } from '@charmed/ops/internal';

/** The code of the error that Ctrl-C makes of what a command is doing. */
export const INTERRUPTED = 'interrupted';

/** A mistake in the user's project or command line. The message says what it is and what to do. */
export class CliError extends OpsError {}
