// What a test may not ask of its harness.

import { OpsError } from '@charmed/ops';

/** Something was asked of a harness that it cannot do, or too early, or twice. */
export class HarnessError extends OpsError {
  constructor(message: string) {
    super('harness-misuse', message);
  }
}
