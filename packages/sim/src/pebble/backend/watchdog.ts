// Ends the services of a Pebble that dies without stopping them. Node cannot ask the kernel for that (prctl PR_SET_PDEATHSIG), so a shell
// waits at the other end of a pipe: it sees the end of this process however it comes, and needs hardly any memory until then.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

// $1 is the list of processes, which a Pebble that ends well has removed; after it comes the command that works it off.
const script = 'read -r _; [ ! -e "$1" ] || { shift; exec "$@"; }';
const killer = fileURLToPath(new URL(`./kill-leftovers-main${extname(import.meta.url)}`, import.meta.url));

export interface Watchdog {
  /** Lets go of it. The list of processes has to be gone before. */
  close(): Promise<void>;
}

export async function startWatchdog(stateFile: string): Promise<Watchdog> {
  const command = [process.execPath, ...process.execArgv, killer, stateFile];
  const shell = spawn('/bin/sh', ['-c', script, 'pebble-watchdog', stateFile, ...command], {
    // Of a session of its own, so that a signal to our process group leaves it alone.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: {},
  });
  await once(shell, 'spawn');
  const exited = once(shell, 'exit');
  // Somebody may have killed it.
  shell.stdin.on('error', () => undefined);
  return {
    async close() {
      shell.stdin.end();
      await exited;
    },
  };
}
