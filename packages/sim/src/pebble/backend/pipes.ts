// Pipes between this process and its children. Those that Node makes are sockets, which a child cannot open as /dev/stdout, and each is for
// one stream only; named pipes are real ones, and stdout and stderr can share one, so that their order is kept.

import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

export interface Pipe {
  readonly ours: Socket;
  /** The child's end: a file descriptor, to be closed once the child has it. */
  readonly theirs: number;
}

/** `in` is for what the child reads, `out` for what it writes. */
export function makePipes(...directions: readonly ('in' | 'out')[]): Pipe[] {
  const directory = mkdtempSync(join(tmpdir(), 'pebble-pipes-'));
  try {
    const paths = directions.map((_, index) => join(directory, String(index)));
    execFileSync('mkfifo', ['-m', '600', ...paths]);
    return paths.map((path, index) => (directions[index] === 'in' ? openInput(path) : openOutput(path)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function openInput(path: string): Pipe {
  // An end opens only when the other is there, so somebody has to be both first.
  const both = openSync(path, O_RDWR);
  const theirs = openSync(path, O_RDONLY);
  const ours = new Socket({ fd: openSync(path, O_WRONLY), readable: false, writable: true });
  closeSync(both);
  // The child may close its end before it has read everything.
  return { ours: ours.on('error', () => undefined), theirs };
}

function openOutput(path: string): Pipe {
  const fd = openSync(path, O_RDONLY | O_NONBLOCK);
  const theirs = openSync(path, O_WRONLY);
  return { ours: new Socket({ fd, readable: true, writable: false }).on('error', () => undefined), theirs };
}
