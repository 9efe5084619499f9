// What goes wrong with one file: a kind, and a text as Go makes it (canonical/pebble internals/daemon/api_files.go).

import { quote } from '@charmed/ops/internal';
import { type ErrorKind, PebbleError } from '../engine/errors.ts';
import { errnoOf, errnoText } from './errno.ts';

const statuses: Readonly<Partial<Record<ErrorKind, number>>> = { 'not-found': 404, 'permission-denied': 403 };

export class FileError extends PebbleError {
  constructor(message: string, kind: ErrorKind = 'generic-file-error') {
    super(statuses[kind] ?? 400, message, kind);
  }

  /** Of an error of the operating system. `path` is as the client wrote it, not where it is on this machine. */
  static of(operation: string, path: string, error: unknown): FileError {
    if (error instanceof FileError) return error;
    return new FileError(`${operation} ${path}: ${errnoText(error)}`, kindOf(errnoOf(error)));
  }
}

export function checkAbsolute(path: string): void {
  if (!path.startsWith('/')) throw new FileError(`paths must be absolute, got ${quote(path)}`);
}

function kindOf(code: string | undefined): ErrorKind {
  if (code === 'ENOENT') return 'not-found';
  return code === 'EACCES' || code === 'EPERM' ? 'permission-denied' : 'generic-file-error';
}
