// What can go wrong between a charm and Pebble. A charm that wants to survive any of it catches PebbleError.

import { OpsError } from '../errors.ts';
import type { Change } from './change.ts';

/** The base of all that the Pebble client throws. */
export class PebbleError extends OpsError {}

/** Nothing answers on the socket, or the connection broke: the container has not started, or Pebble restarts. */
export class PebbleConnectionError extends PebbleError {
  constructor(message: string, options?: ErrorOptions) {
    super('pebble-unreachable', message, options);
  }
}

/** Pebble fell silent, or a change did not end within its time limit. */
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
  /** Its reason phrase, such as `Bad Request`. */
  readonly statusText: string;
  /** The decoded answer. */
  readonly body: unknown;

  constructor(failure: { what: string; status: number; statusText: string; message: string; body: unknown }) {
    super('pebble-api', `cannot ${failure.what}: ${failure.message} (Pebble answered ${failure.status})`);
    this.status = failure.status;
    this.statusText = failure.statusText;
    this.body = failure.body;
  }
}

/** A change was begun and failed, such as a service that did not start. The message ends with what its tasks logged. */
export class PebbleChangeError extends PebbleError {
  /** Pebble's own account of the failure. */
  readonly err: string;
  readonly change: Change;

  constructor(err: string, change: Change) {
    const logs = change.tasks.flatMap(({ summary, log }) => (log.length > 0 ? [`Log of "${summary}":`, ...log] : []));
    super('pebble-change', [`cannot complete change ${change.id}: ${err}`, ...logs].join('\n'));
    this.err = err;
    this.change = change;
  }
}

/** A file operation failed on its path. */
export class PebblePathError extends PebbleError {
  /** `not-found`, `permission-denied` or `generic-file-error`. */
  readonly kind: string;
  readonly path: string;

  constructor(failure: { what: string; path: string; kind: string; message: string }) {
    super('pebble-path', `cannot ${failure.what}: ${failure.message}`);
    this.kind = failure.kind;
    this.path = failure.path;
  }
}

const SHOWN_OUTPUT = 1024;

/** A command ended with an exit code other than 0. */
export class PebbleExecError extends PebbleError {
  readonly command: readonly string[];
  /** 128 plus the number of the signal, for a command that was killed. */
  readonly exitCode: number;
  /** What the command printed, if `waitOutput` read it. The message shows the first 1,024 characters. */
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;

  constructor(failure: {
    command: readonly string[];
    exitCode: number;
    stdout?: string | undefined;
    stderr?: string | undefined;
  }) {
    const { command, exitCode, stdout, stderr } = failure;
    const printed = `${shown('stdout', stdout)}${shown('stderr', stderr)}`;
    // Arguments may be secret, so only the program is named.
    super('pebble-exec', `cannot complete command ${command[0]}: it ended with exit code ${exitCode}${printed}`);
    this.command = command;
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

function shown(name: string, output: string | undefined): string {
  if (!output) return '';
  const rest = output.length > SHOWN_OUTPUT ? ' [shortened]' : '';
  return `, ${name} ${JSON.stringify(output.slice(0, SHOWN_OUTPUT))}${rest}`;
}
