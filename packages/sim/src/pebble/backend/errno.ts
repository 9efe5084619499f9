// Errors of the operating system, in Go's words: those are the texts of Pebble's answers.

import { getSystemErrorMessage } from 'node:util';
import { reasonOf } from '@charmed/ops/internal';

// Where libuv says it differently.
const texts: Readonly<Record<string, string>> = {
  EBUSY: 'device or resource busy',
  EEXIST: 'file exists',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  ETXTBSY: 'text file busy',
};

export function errnoOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Such as `permission denied`. */
export function errnoText(error: unknown): string {
  const known = texts[errnoOf(error) ?? ''];
  if (known !== undefined) return known;
  const number: unknown = error instanceof Error && 'errno' in error ? error.errno : undefined;
  return typeof number === 'number' ? getSystemErrorMessage(number) : reasonOf(error);
}
