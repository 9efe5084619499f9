// Files that hook commands read and write: `--file` and `--output`.

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '@charmed/ops/internal';
import { HookContextError } from './hook-context.ts';

export interface HookCommandInput {
  /** `undefined` when the caller offers none, not even an empty one. */
  readonly stdin?: string | undefined;
  /** What file arguments are relative to. Default: they must be absolute. */
  readonly dir?: string | undefined;
}

/** The agent's answer to a command that reads stdin and was called without: the caller then calls again, with it. */
class StdinRequiredError extends Error {
  constructor() {
    super('hook tool requires stdin, none supplied');
  }
}

/** @param path a file, or `-` for stdin. @throws HookContextError when it cannot be read, StdinRequiredError. */
export function readInput(path: string, { stdin, dir = '/' }: HookCommandInput): Buffer {
  if (path !== '-') return opened(resolve(dir, path), (file) => readFileSync(file));
  if (stdin === undefined) throw new StdinRequiredError();
  return Buffer.from(stdin);
}

/** @throws HookContextError when it cannot be written. */
export function writeOutput(path: string, text: string, { dir = '/' }: HookCommandInput): void {
  opened(resolve(dir, path), (file) => writeFileSync(file, text));
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
};

function opened<T>(file: string, use: (file: string) => T): T {
  try {
    return use(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new HookContextError(`open ${file}: ${REASONS[code] ?? reasonOf(error)}`);
  }
}
