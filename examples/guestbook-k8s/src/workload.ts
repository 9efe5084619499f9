// What runs in the container: the guestbook's program and its plan.

import { readFileSync } from 'node:fs';
import type { Layer } from '@charmed/ops/pebble';

export const SERVICE = 'guestbook';
export const PROGRAM = '/srv/guestbook/guestbook.mjs';

/** The program's text, from the charm's own `workload` folder. */
export const program: string = readFileSync(new URL('../workload/guestbook.mjs', import.meta.url), 'utf8');

export interface Settings {
  readonly address: string;
  readonly port: number;
  readonly greeting: string;
  /** Where the key-value store is. */
  readonly store: string;
}

export function guestbookLayer(settings: Settings): Layer {
  return {
    services: {
      [SERVICE]: {
        override: 'replace',
        summary: 'guestbook',
        // Pebble starts services in the root of the container, so the path needs no slash in front.
        command: `node ${PROGRAM.slice(1)}`,
        startup: 'enabled',
        environment: {
          GUESTBOOK_ADDRESS: settings.address,
          GUESTBOOK_PORT: String(settings.port),
          GUESTBOOK_GREETING: settings.greeting,
          KV_URL: settings.store,
        },
      },
    },
  };
}
