// Who runs on this machine, told by the command line.

import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 5;

/** The processes whose command line has this text, but for this one. */
export function running(marker: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(marker);
    } catch {
      return false;
    }
  });
}

/** Resolves when none is there any more; never, if it does not come to that. */
export async function gone(marker: string): Promise<void> {
  while (running(marker).length > 0) await delay(POLL_MS);
}
