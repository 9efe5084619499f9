// What the log and the operator hear when the charm throws something that nobody catches.

import { inspect } from 'node:util';
import { reasonOf, textOf } from '../errors.ts';
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
    this.#logger.log(
      'ERROR',
      `Uncaught exception while in charm code:\n${error instanceof Error ? '' : 'Uncaught '}${stackOf(error)}`,
    );
    const name = error instanceof Error ? error.name : 'exception';
    this.#tellOperator(`Uncaught ${name} in charm code: ${reasonOf(error)}`);
    this.#tellOperator('Use `juju debug-log` to see the full traceback.');
    this.#security.crashed(error);
  }

  /** The dispatch cannot end well, though nothing was thrown. */
  stuck(reason: string): void {
    const message = `${reason} The ${this.#isAction ? 'action' : 'hook'} fails.`;
    this.#logger.log('ERROR', message);
    this.#tellOperator(message);
  }

  // Who runs an action sees its stderr, and not the log.
  #tellOperator(line: string): void {
    if (this.#isAction) process.stderr.write(`${line}\n`);
  }
}

/** The stack of an error, and of those behind it. */
function stackOf(thrown: unknown, seen: ReadonlySet<unknown> = new Set()): string {
  if (!(thrown instanceof Error)) return inspect(thrown);
  if (seen.has(thrown)) return `${thrown.name} above`;
  const behind = new Set([...seen, thrown]);
  const lines = [ownStackOf(thrown)];
  if (thrown instanceof AggregateError) {
    for (const each of thrown.errors) lines.push(`One of them: ${stackOf(each, behind)}`);
  }
  if (thrown.cause !== undefined) lines.push(`Caused by: ${stackOf(thrown.cause, behind)}`);
  return lines.join('\n');
}

// A charm may have errors of its own making, whose stack throws.
function ownStackOf(error: Error): string {
  try {
    return error.stack ?? textOf(error);
  } catch {
    return textOf(error);
  }
}
