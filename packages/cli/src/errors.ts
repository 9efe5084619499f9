// What the commands throw for a mistake that the user can correct. Its message alone is printed; anything else is a defect.

import { OpsError } from '@charmed/ops/internal';

/** A mistake in the user's project or command line. The message says what it is and what to do. */
export class CliError extends OpsError {}
