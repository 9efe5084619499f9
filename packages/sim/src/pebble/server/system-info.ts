// `GET /v1/system-info` (canonical/pebble docs/reference/api.md).

import { syncAnswer } from './answer.ts';
import type { Route } from './router.ts';

/** The version of Pebble that this one behaves like. */
const pebbleVersion = 'v1.32.1';

export function systemInfoRoutes(bootId: string): Route[] {
  return [
    {
      path: '/v1/system-info',
      GET: () => syncAnswer({ 'boot-id': bootId, version: pebbleVersion }),
      readers: 'everybody',
    },
  ];
}
