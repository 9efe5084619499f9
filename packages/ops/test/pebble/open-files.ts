// What this process holds open.

import { readdirSync, readlinkSync } from 'node:fs';
import { setImmediate as macrotask } from 'node:timers/promises';

/** Resolves when this process holds no more files and sockets than `before`; never, if it does not come to that. */
export async function noMoreOpenThan(before: number): Promise<void> {
  while (openFiles() > before) await macrotask();
}

export function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => isSocketOrFile(fd)).length;
}

function isSocketOrFile(fd: string): boolean {
  try {
    return /^(?:socket:|\/tmp)/.test(readlinkSync(`/proc/self/fd/${fd}`));
  } catch {
    return false;
  }
}
