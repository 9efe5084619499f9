// An embedded Pebble in a directory of its own, for one test.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
import { startPebble } from '../../src/pebble/start.ts';

export interface Embedded {
  readonly client: PebbleClient;
  readonly socketPath: string;
  readonly directory: string;
}

export async function withEmbedded(body: (world: Embedded) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-pebble-'));
  mkdirSync(join(directory, 'layers'));
  const socketPath = join(directory, '.pebble.socket');
  const pebble = await startPebble({ socketPath, layersDir: join(directory, 'layers') });
  try {
    await body({ client: new PebbleClient(unixHttpTransport(socketPath)), socketPath, directory });
  } finally {
    await pebble.close();
    rmSync(directory, { recursive: true });
  }
  if (existsSync(socketPath)) throw new Error('the socket was left behind');
}
