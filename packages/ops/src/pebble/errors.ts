// What can go wrong between a charm and Pebble. A charm that wants to survive any of it catches PebbleError.

import { OpsError } from '../errors.ts';
import type { Change } from './change.ts';

export class PebbleError extends OpsError {}

/** Nothing answers on the socket: the container has not started, or Pebble restarts. */
export class PebbleConnectionError extends PebbleError {
  constructor(message: string, options?: ErrorOptions) {
    super('pebble-unreachable', message, options);
  }
}

/** Pebble did not answer, or did not finish, within the time limit. */
export class PebbleTimeoutError extends PebbleError {
  constructor(message: string) {
    super('pebble-timeout', message);
  }
}

/** What came back is not what Pebble's API promises. */
export class PebbleProtocolError extends PebbleError {
  constructor(message: string, options?: ErrorOptions) {
    super('pebble-protocol', message, options);
  }
}

/** Pebble refused a request. */
export class PebbleAPIError extends PebbleError {
  /** HTTP status, such as 400. */
  readonly status: number;
  /** The decoded body of the answer. */
  readonly body: unknown;

  constructor(failure: { request: string; status: number; message: string; body: unknown }) {
    super('pebble-api', `cannot ${failure.request}: Pebble answered ${failure.status}: ${failure.message}`);
    this.status = failure.status;
    this.body = failure.body;
  }
}

/** A change was begun and failed, such as a service that did not start. */
export class PebbleChangeError extends PebbleError {
  readonly change: Change;

  constructor(change: Change) {
    const logs = change.tasks.flatMap((task) => task.log).join('\n');
    super('pebble-change', `cannot ${change.summary}: ${change.err}${logs && `\n${logs}`}`);
    this.change = change;
  }
}

/** A file operation failed on one path. */
export class PebblePathError extends PebbleError {
  /** Pebble's own kind: `not-found`, `permission-denied`, `generic-file-error`. */
  readonly kind: string;
  readonly path: string;

  constructor(failure: { verb: string; path: string; kind: string; message: string }) {
    super('pebble-path', `cannot ${failure.verb} ${failure.path}: ${failure.message}`);
    this.kind = failure.kind;
    this.path = failure.path;
  }
}

const SHOWN_OUTPUT = 1024;

/** A command ended with a non-zero exit code. */
export class PebbleExecError extends PebbleError {
  readonly command: readonly string[];
  readonly exitCode: number;
  /** What the command printed, if it was read by `waitOutput`. */
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;

  constructor(failure: { command: readonly string[]; exitCode: number; stdout?: string; stderr?: string }) {
    const shown = [shorten('stdout', failure.stdout), shorten('stderr', failure.stderr)].join('');
    super('pebble-exec', `cannot run ${failure.command[0]}: it ended with exit code ${failure.exitCode}${shown}`);
    this.command = failure.command;
    this.exitCode = failure.exitCode;
    this.stdout = failure.stdout;
    this.stderr = failure.stderr;
  }
}

function shorten(name: string, output: string | undefined): string {
  if (!output) return '';
  return `, ${name} ${JSON.stringify(output.slice(0, SHOWN_OUTPUT))}${output.length > SHOWN_OUTPUT ? ' [shortened]' : ''}`;
}
