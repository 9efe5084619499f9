// The messages of Go's net/rpc (Go documentation, package net/rpc) and the one method that the unit agent serves on its socket
// (juju/juju: internal/worker/uniter/runner/jujuc/server.go).

import { GobError } from './gob/errors.ts';
import type { GobRecord, GobValue } from './gob/types.ts';
import type { StructType } from './gob/writer.ts';

export const METHOD = 'Jujuc.Main';

export const REQUEST_HEADER: StructType = {
  name: 'Request',
  fields: [
    ['ServiceMethod', 'string'],
    ['Seq', 'uint'],
  ],
};

export const RESPONSE_HEADER: StructType = {
  name: 'Response',
  fields: [
    ['ServiceMethod', 'string'],
    ['Seq', 'uint'],
    ['Error', 'string'],
  ],
};

export const COMMAND: StructType = {
  name: 'Request',
  fields: [
    ['ContextId', 'string'],
    ['Dir', 'string'],
    ['CommandName', 'string'],
    ['Args', 'strings'],
    ['StdinSet', 'bool'],
    ['Stdin', 'bytes'],
    ['Token', 'string'],
  ],
};

export const COMMAND_RESULT: StructType = {
  name: 'ExecResponse',
  fields: [
    ['Code', 'int'],
    ['Stdout', 'bytes'],
    ['Stderr', 'bytes'],
  ],
};

/** Stands where an answer would be when the header has an error. */
export const NOTHING: StructType = { name: '', fields: [] };

/** A hook command as it is asked for over the socket. */
export interface CommandRequest {
  readonly contextId: string;
  /** Absolute path that file arguments are relative to. */
  readonly dir: string;
  readonly command: string;
  readonly args: readonly string[];
  /** `undefined` when the caller offers none. */
  readonly stdin: Uint8Array | undefined;
  readonly token?: string | undefined;
}

export function commandFrom(record: GobRecord): CommandRequest {
  const args = record.Args ?? [];
  if (!Array.isArray(args)) throw new GobError('Args is not a list');
  return {
    contextId: stringOf(record.ContextId),
    dir: stringOf(record.Dir),
    command: stringOf(record.CommandName),
    args: args.map(stringOf),
    stdin: record.StdinSet ? bytesOf(record.Stdin) : undefined,
    token: stringOf(record.Token),
  };
}

/** What a command printed, as bytes, and its exit code. */
export interface CommandAnswer {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export function answerFrom(record: GobRecord): CommandAnswer {
  return { code: numberOf(record.Code), stdout: bytesOf(record.Stdout), stderr: bytesOf(record.Stderr) };
}

export function stringOf(value: GobValue | undefined): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  throw new GobError('expected a string');
}

export function numberOf(value: GobValue | undefined): number {
  if (value === undefined || typeof value === 'number') return value ?? 0;
  throw new GobError('expected a number');
}

export function bytesOf(value: GobValue | undefined): Uint8Array {
  if (value === undefined || value instanceof Uint8Array) return value ?? new Uint8Array();
  throw new GobError('expected bytes');
}
