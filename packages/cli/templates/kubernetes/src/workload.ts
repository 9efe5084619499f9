// The workload, as the charm sees it: what runs in the container, how to tell that it is well, and its version.

import { readFileSync } from 'node:fs';
import type { Container } from '@charmed/ops';
import type { Layer } from '@charmed/ops/pebble';

/** Where the program is in the container. An image of your own brings its program along. */
export const PROGRAM = '/srv/my-charm/server.mjs';

/** Its text: what is in the folder `workload` goes into the charm. */
export const program: string = readFileSync(new URL('../workload/server.mjs', import.meta.url), 'utf8');

/** The name of the health check. */
export const CHECK = 'answers';

// Pebble starts programs in the root of the container, so their paths need no slash in front.
const COMMAND: readonly string[] = ['node', PROGRAM.slice(1)];

/** What Pebble runs, and looks after: it asks every ten seconds, and starts the server again if there is no answer three times. */
export function layerFor(address: string, port: number): Layer {
  return {
    services: {
      server: {
        override: 'replace',
        summary: 'web server',
        command: `${COMMAND.join(' ')} --address ${address} --port ${port}`,
        startup: 'enabled',
        'on-check-failure': { [CHECK]: 'restart' },
      },
    },
    checks: {
      [CHECK]: { override: 'replace', level: 'ready', http: { url: `http://${address}:${port}/` } },
    },
  };
}

export async function versionOf(container: Container): Promise<string> {
  const { stdout } = await container.exec([...COMMAND, '--version']).waitOutput();
  return stdout.trim();
}
