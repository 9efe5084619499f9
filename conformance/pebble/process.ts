// A Pebble as a process of its own, which can be killed: the real one or the embedded one.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { unixHttpTransport } from '@charmed/ops/pebble';
import { peerPath } from '../peers.ts';
import { answers } from './worlds.ts';

export type CommandOf = (directory: string, socketPath: string) => readonly string[];

const main = fileURLToPath(import.meta.resolve('@charmed/sim/pebble').replace('index.ts', 'main.ts'));

export const real: CommandOf = () => [peerPath('pebble'), 'run'];
export const embedded: CommandOf = (directory, socketPath) => [
  process.execPath,
  '--conditions=@charmed/source',
  main,
  '--socket',
  socketPath,
  '--layers',
  join(directory, 'layers'),
];

export interface PebbleProcess {
  /** Sends a signal, and waits until it has taken effect. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
}

/** Starts a Pebble and waits until it answers. */
export async function startProcess(
  commandOf: CommandOf,
  directory: string,
  socketPath: string,
): Promise<PebbleProcess> {
  const [program = '', ...args] = commandOf(directory, socketPath);
  const env = { PATH: process.env['PATH'], HOME: '/tmp', PEBBLE: directory, PEBBLE_SOCKET: socketPath };
  const pebble = spawn(program, args, { env, stdio: 'ignore' });
  const ended = once(pebble, 'exit');
  const transport = unixHttpTransport(socketPath);
  while (!(await answers(transport))) await delay(10);
  await transport.close();
  return {
    kill: async (signal) => {
      pebble.kill(signal);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await ended;
      if (signal === 'SIGSTOP') while (!hasStopped(pebble.pid ?? 0)) await delay(1);
    },
  };
}

/** Whether each of its threads has. */
function hasStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).every((task) => /^State:\s+T/m.test(readFileSync(join(tasks, task, 'status'), 'utf8')));
}
