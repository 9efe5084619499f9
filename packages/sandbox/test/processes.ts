// Finds the processes of a test's sandbox, and kills them.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The part of a sandbox that its processes are known by. */
interface Owner {
  readonly directories: { readonly state: string };
}

/** Those with `NAME=value` in their environment, and a word in their command line. */
export function pidsWith(variable: string, sandbox: Owner, program = ''): readonly number[] {
  const own = sandbox.directories.state;
  return pids().filter((pid) => {
    const environment = read(`/proc/${pid}/environ`);
    if (!environment.includes(own) || !environment.split('\0').includes(variable)) return false;
    return read(`/proc/${pid}/cmdline`).includes(program);
  });
}

export function killByEnvironment(variable: string, sandbox: Owner, program = ''): void {
  for (const pid of pidsWith(variable, sandbox, program)) process.kill(pid, 'SIGKILL');
}

/** Those whose command line has all these words. */
export function pidsOf(...words: readonly string[]): readonly number[] {
  return pids().filter((pid) => {
    const command = read(`/proc/${pid}/cmdline`);
    return words.every((word) => command.includes(word));
  });
}

/** Whether it has a file of this name open. */
export function isReading(pid: number, name: string): boolean {
  return openFilesOf(pid).some((path) => path.endsWith(`/${name}`));
}

/** Whether it is connected to something. */
export function hasSocket(pid: number): boolean {
  return openFilesOf(pid).some((path) => path.startsWith('socket:'));
}

/** Whether it has ended, even if whoever started it does not know yet. */
export function hasEnded(pid: number): boolean {
  return /^(Z|X|)$/.test(stateOf(pid));
}

/** The letter that `ps` shows, such as `T` for stopped; empty when there is no such process. */
export function stateOf(pid: number): string {
  return /\) (\S)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? '';
}

function openFilesOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return []; // ended, or closed meanwhile
  }
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
