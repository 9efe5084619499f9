// What becomes of a database that is damaged: it is kept under another name, since what it holds may be mended.

import { existsSync, renameSync } from 'node:fs';

/** What SQLite calls a damaged file: SQLITE_CORRUPT, SQLITE_NOTADB; and SQLITE_ERROR for tables that are not there. */
const DAMAGED: ReadonlySet<number> = new Set([1, 11, 26]);

/** Whether what it threw says that a database is damaged, and not that it cannot be reached. */
export function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError) return true; // a row that is no JSON
  return error instanceof Error && 'errcode' in error && DAMAGED.has(Number(error.errcode) & 0xff);
}

/** Moves the closed database away. Returns its new path. */
export function setAside(path: string): string {
  const aside = freeName(damagedName(path));
  renameSync(path, aside);
  return aside;
}

/** Where an earlier dispatch has put the database, if it has. */
export function setAsideBefore(path: string): string | undefined {
  const aside = damagedName(path);
  return existsSync(aside) ? aside : undefined;
}

function damagedName(path: string): string {
  return `${path}.damaged`;
}

function freeName(name: string, number = 1): string {
  const candidate = number === 1 ? name : `${name}.${number}`;
  return existsSync(candidate) ? freeName(name, number + 1) : candidate;
}
