// Notes that a handler has talked to a container.

import { noteRead } from '../operations/reads.ts';
import type { PebbleTransport } from '../pebble/transport.ts';

export function notedTransport(container: string, transport: PebbleTransport): PebbleTransport {
  return {
    request(request) {
      noteRead('container', container);
      return transport.request(request);
    },
    websocket: (path, signal) => transport.websocket(path, signal),
    close: () => transport.close(),
  };
}
