// Looks at the processes of the demo's sandbox, as /proc shows them.

import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the processes whose command line, working directory or environment has all these texts. */
export function processesWith(...texts: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && texts.every((text) => describe(pid).includes(text)));
}

function describe(pid: number): string {
  return `${read(`/proc/${pid}/cmdline`)}\n${read(`/proc/${pid}/environ`)}`;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended, or is another user's
  }
}
