// What runs in the container: the store's program, its plan and its file.

import { readFileSync } from 'node:fs';
import type { Layer } from '@charmed/ops/pebble';

export const PROGRAM = '/srv/kv/kv.mjs';
export const FILE = '/var/lib/kv/data.json';

/** The program's text, from the charm's own `workload` folder. */
export const program: string = readFileSync(new URL('../workload/kv.mjs', import.meta.url), 'utf8');

export function kvLayer(address: string, port: number): Layer {
  return {
    services: {
      kv: {
        override: 'replace',
        summary: 'key-value store',
        // Pebble starts services in the root of the container, so paths need no slash in front.
        command: `node ${PROGRAM.slice(1)}`,
        startup: 'enabled',
        environment: { KV_ADDRESS: address, KV_PORT: String(port), KV_FILE: FILE.slice(1) },
      },
    },
  };
}
