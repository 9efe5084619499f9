// Pipes between this process and its children. Those that Node makes are sockets, which a child cannot open as /dev/stdin or /dev/stdout, and
// each carries one stream only. Real pipes behave as under Pebble, and stdout and stderr can share one, so that their order is kept.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { SpawnError } from '../engine/process.ts';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

export interface Pipe {
  readonly ours: Socket;
  /** The child's end: a file descriptor, to be closed once the child has it. */
  readonly theirs: number;
}

// Node has no call to make a pipe, but a shell makes one for each here-document. Linux lets us open both ends through /proc for as long as
// the shell has them, which is until its stdin ends.
const script = 'exec 3<<E 4<<E 5<<E\nE\nE\nE\necho; read -r _';
const firstFd = 3;

/** At most three: `in` is for what the child reads, `out` for what it writes. @throws SpawnError */
export async function makePipes(...directions: readonly ('in' | 'out')[]): Promise<Pipe[]> {
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'], cwd: '/', env: {} });
  const ended = once(shell, 'exit').then(() => {
    throw new SpawnError('cannot make a pipe: /bin/sh has ended');
  });
  try {
    await Promise.race([once(shell.stdout, 'data'), ended]);
    return directions.map((direction, index) => openPipe(`/proc/${shell.pid}/fd/${firstFd + index}`, direction));
  } finally {
    ended.catch(() => undefined);
    shell.stdin.end();
  }
}

function openPipe(path: string, direction: 'in' | 'out'): Pipe {
  const theirs = openSync(path, direction === 'in' ? O_RDONLY : O_WRONLY);
  if (!fstatSync(theirs).isFIFO()) {
    closeSync(theirs);
    throw new SpawnError('cannot make a pipe: /bin/sh makes files for here-documents; use dash, or bash since 5.1');
  }
  // Only our end may be non-blocking: a child would not expect that.
  const fd = openSync(path, O_NONBLOCK | (direction === 'in' ? O_WRONLY : O_RDONLY));
  const ours = new Socket({ fd, readable: direction === 'out', writable: direction === 'in' });
  // The child may go before it has read everything.
  return { ours: ours.on('error', () => undefined), theirs };
}
