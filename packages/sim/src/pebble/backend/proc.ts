// What Linux says about processes in /proc.

import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessStat {
  readonly pid: number;
  readonly session: number;
  /** In clock ticks since the machine has started: together with the pid it names a process for good. */
  readonly startTime: number;
}

/** `undefined` when there is none, or nothing but its exit code is left of it. */
export function statOf(pid: number): ProcessStat | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold anything, also parentheses.
  const [state, , , session, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (text === '' || state === 'Z' || state === 'X') return undefined;
  return { pid, session: Number(session), startTime: Number(rest[15]) };
}

export function sessionMembers(session: number): ProcessStat[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => statOf(Number(pid)) ?? []).filter((stat) => stat.session === session);
}

/** Differs after each start of the machine. */
export function bootId(): string {
  return readIfThere('/proc/sys/kernel/random/boot_id').trim();
}

// A process may go at any moment, also between opening and reading.
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
