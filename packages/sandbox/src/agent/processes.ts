// Processes of a sandbox, found by a variable in their environment: that survives our own end, a change of process group, and the end of
// whoever started them.

import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Ids of the user's processes with this text in their environment, which has a NUL before, between and behind its variables. */
async function processesWith(text: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const matches = await Promise.all(ids.map(async (id) => `\0${await environmentOf(id)}`.includes(text)));
  return ids.filter((_, index) => matches[index]).map(Number);
}

// Processes of others cannot be read, and any may end meanwhile.
async function environmentOf(id: string): Promise<string> {
  return await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
}

/** Kills those with `NAME=value` in their environment, and waits until they are gone, those that they start meanwhile too. */
export async function killProcessesWith(variable: string): Promise<void> {
  await killAll(`\0${variable}\0`);
}

/** Kills those with a variable that is a path below this directory, and waits until they are gone. */
export async function killProcessesBelow(directory: string): Promise<void> {
  await killAll(`=${directory}/`);
}

async function killAll(text: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (
    let left = await processesWith(text);
    left.length > 0 && Date.now() < deadline;
    left = await processesWith(text)
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
