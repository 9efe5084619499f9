// What the engine and the file backend refuse, with the status, kind and text of Pebble's answer
// (canonical/pebble internals/daemon/response.go).

import { OpsError } from '@charmed/ops/internal';

export type ErrorKind =
  | 'login-required'
  | 'no-default-services'
  | 'not-found'
  | 'permission-denied'
  | 'generic-file-error';

/** Thrown for what a client may not or cannot do. `message` is Pebble's own text, without a hint on what to do next. */
export class PebbleError extends OpsError {
  /** The HTTP status of the answer. */
  readonly status: number;
  /** What clients tell errors apart by; most errors have none. */
  readonly kind: ErrorKind | undefined;

  constructor(status: number, message: string, kind?: ErrorKind) {
    super(kind ?? `pebble-${status}`, message);
    this.status = status;
    this.kind = kind;
  }
}

export function badRequest(message: string): PebbleError {
  return new PebbleError(400, message);
}

export function notFound(message: string): PebbleError {
  return new PebbleError(404, message);
}

export function forbidden(message: string): PebbleError {
  return new PebbleError(403, message);
}

export function serverError(message: string): PebbleError {
  return new PebbleError(500, message);
}
