// Lines that services write arrive at log targets: from the real Pebble and from the embedded one the same.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PebbleClient } from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { type WithWorld, withEmbedded, withReal } from './worlds.ts';

interface Received {
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly agent: string | undefined;
  readonly body: unknown;
}

/** What comes to a collector until it has all the lines; times and how lines are put together into requests do not count. */
async function collect(withWorld: WithWorld, type: 'loki' | 'opentelemetry'): Promise<Received[]> {
  const received: Received[] = [];
  const complete = Promise.withResolvers<void>();
  const collector = createServer((request, response) => {
    void Array.fromAsync(request as AsyncIterable<Buffer>).then((chunks) => {
      const text = Buffer.concat(chunks).toString();
      const { url: path, headers } = request;
      const body = JSON.parse(text.replaceAll(/"\d{19}"/g, '"time"')) as unknown;
      received.push({ path, type: headers['content-type'], agent: headers['user-agent'], body });
      response.writeHead(204).end();
      if (received.length === 1) complete.resolve();
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const shell = (script: string, environment = {}) =>
    ({ override: 'replace', command: `sh -c '${script}; exec sleep 60'`, environment }) as const;
  try {
    return await withWorld(async ({ transport }) => {
      const client = new PebbleClient(transport);
      const location = `http://127.0.0.1:${port}${type === 'loki' ? '/loki/api/v1/push' : ''}`;
      const labels = { product: 'web', where: '${PLACE}-$NOTHING' };
      await client.addLayer('base', {
        services: {
          a: shell('echo one; echo two', { PLACE: 'here' }),
          b: shell('echo three'),
          quiet: shell('echo no'),
        },
        'log-targets': { t: { override: 'replace', type, location, services: ['all', '-quiet'], labels } },
      });
      await client.startServices(['a', 'b', 'quiet']);
      await complete.promise;
      return received;
    });
  } finally {
    collector.close();
  }
}

for (const type of ['loki', 'opentelemetry'] as const) {
  testWithPeers(`lines arrive by ${type}`, ['pebble'], async () => {
    const [real, embedded] = await Promise.all([collect(withReal, type), collect(withEmbedded, type)]);
    assert.deepEqual(embedded, real);
  });
}
