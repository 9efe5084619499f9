// Processes of a sandbox, found by a variable in their environment: that survives our own end, a change of process group, and the end of
// whoever started them.

import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Ids of the user's processes that have `NAME=value` in their environment. */
async function processesWith(variable: string): Promise<readonly number[]> {
  const entry = `${variable}\0`;
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const matches = await Promise.all(ids.map(async (id) => `\0${await environmentOf(id)}`.includes(`\0${entry}`)));
  return ids.filter((_, index) => matches[index]).map(Number);
}

// Processes of others cannot be read, and any may end meanwhile.
async function environmentOf(id: string): Promise<string> {
  return await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
}

/** Kills them all and waits until they are gone, those that they start meanwhile too. */
export async function killProcessesWith(variable: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (
    let left = await processesWith(variable);
    left.length > 0 && Date.now() < deadline;
    left = await processesWith(variable)
  ) {
    for (const id of left) signal(id, 'SIGKILL');
    await delay(20);
  }
}

/** Sends a signal to a process, or with a negative id to a group. One that has gone is fine. */
export function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
