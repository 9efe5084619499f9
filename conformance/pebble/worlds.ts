// A Pebble to ask: the real one or the embedded one, in a directory of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PebbleClient, PebbleConnectionError, type PebbleTransport, unixHttpTransport } from '@charmed/ops/pebble';
import { MemoryPebble, startPebble } from '@charmed/sim/pebble';
import { peerPath } from '../peers.ts';

export interface World {
  readonly transport: PebbleTransport;
  /** '' of one that has no socket. */
  readonly socketPath: string;
  readonly directory: string;
}

/** Runs the body while a Pebble serves, and ends that Pebble. */
export type WithWorld = <T>(body: (world: World) => Promise<T>) => Promise<T>;

const environment = { PATH: process.env['PATH'] ?? '', HOME: '/tmp', USER: 'tester' };

export const withReal: WithWorld = (body) =>
  inDirectory(async (directory) => {
    const socketPath = join(directory, '.pebble.socket');
    const env = { ...environment, PEBBLE: directory, PEBBLE_SOCKET: socketPath };
    const pebble = spawn(peerPath('pebble'), ['run'], { env, stdio: 'ignore' });
    try {
      const transport = unixHttpTransport(socketPath);
      while (!(await answers(transport))) await delay(10);
      return await body({ transport, socketPath, directory });
    } finally {
      pebble.kill('SIGTERM');
      if (pebble.exitCode === null) await once(pebble, 'exit');
    }
  });

// Its socket is there a moment before it listens.
export async function answers(transport: PebbleTransport): Promise<boolean> {
  try {
    await new PebbleClient(transport).getSystemInfo();
    return true;
  } catch (error) {
    if (error instanceof PebbleConnectionError) return false;
    throw error;
  }
}

export const withEmbedded: WithWorld = (body) =>
  inDirectory(async (directory) => {
    const socketPath = join(directory, '.pebble.socket');
    const env = { ...environment, PEBBLE: directory, PEBBLE_SOCKET: socketPath };
    const pebble = await startPebble({ socketPath, layersDir: join(directory, 'layers'), environment: env });
    try {
      return await body({ transport: unixHttpTransport(socketPath), socketPath, directory });
    } finally {
      await pebble.close();
    }
  });

/** The engine of the embedded one, with everything in memory. */
export const withMemory: WithWorld = (body) => {
  const { transport, files } = new MemoryPebble({
    environment,
    service: (name) => (name === 'bad' ? ({ exit }) => exit(1) : undefined),
  });
  const directory = '/memory';
  files.addDirectory(`${directory}/files`);
  return body({ transport, socketPath: '', directory });
};

async function inDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-pebble-'));
  mkdirSync(join(directory, 'layers'));
  mkdirSync(join(directory, 'files'));
  return body(directory).finally(() => rmSync(directory, { recursive: true, force: true }));
}
