// What the log and the operator hear when the charm throws something that nobody catches.

import { reasonOf } from '../errors.ts';
import type { JujuContext } from '../juju/context.ts';
import type { SecurityLog } from '../juju/security-log.ts';
import type { Logger } from '../log.ts';

export class CrashReport {
  readonly #logger: Logger;
  readonly #security: SecurityLog;
  readonly #isAction: boolean;

  constructor(logger: Logger, security: SecurityLog, context: JujuContext) {
    this.#logger = logger;
    this.#security = security;
    this.#isAction = context.dispatchPath.startsWith('actions/');
  }

  write(error: unknown): void {
    this.#logger.log('ERROR', `Uncaught exception while in charm code:\n${stackOf(error)}`);
    if (this.#isAction) {
      // Who runs an action sees its stderr, and not the log.
      const name = error instanceof Error ? error.name : 'exception';
      process.stderr.write(`Uncaught ${name} in charm code: ${reasonOf(error)}\n`);
      process.stderr.write('Use `juju debug-log` to see the full traceback.\n');
    }
    this.#security.crashed(error);
  }
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `Uncaught ${reasonOf(error)}`;
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
