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

interface Loki {
  readonly streams: readonly { readonly stream: object; readonly values: readonly unknown[] }[];
}

interface OpenTelemetry {
  readonly resourceLogs: readonly {
    readonly resource: object;
    readonly scopeLogs: readonly { readonly scope?: object; readonly logRecords: readonly unknown[] }[];
  }[];
}

const LINES = 3;

/** What comes to a collector until it has all the lines; times and how lines are put together into requests do not count. */
async function collect(withWorld: WithWorld, type: 'loki' | 'opentelemetry'): Promise<readonly string[]> {
  const received: Received[] = [];
  const complete = Promise.withResolvers<void>();
  const collector = createServer((request, response) => {
    void Array.fromAsync(request as AsyncIterable<Buffer>).then((chunks) => {
      const text = Buffer.concat(chunks).toString();
      const { url: path, headers } = request;
      const body = JSON.parse(text.replaceAll(/"\d{19}"/g, '"time"')) as unknown;
      received.push({ path, type: headers['content-type'], agent: headers['user-agent'], body });
      response.writeHead(204).end();
      if (linesOf(received).length >= LINES) complete.resolve();
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
      return linesOf(received);
    });
  } finally {
    collector.close();
  }
}

/** Each line with all that was sent of it, in no order. */
function linesOf(received: readonly Received[]): readonly string[] {
  const lines = received.flatMap(({ body, ...request }) => {
    const { streams = [], resourceLogs = [] } = body as Partial<Loki & OpenTelemetry>;
    const ofLoki = streams.flatMap(({ stream, values }) => values.map((value) => ({ stream, value })));
    const ofOpenTelemetry = resourceLogs.flatMap(({ resource, scopeLogs }) =>
      scopeLogs.flatMap(({ scope, logRecords }) => logRecords.map((record) => ({ resource, scope, record }))),
    );
    return [...ofLoki, ...ofOpenTelemetry].map((line) => JSON.stringify({ ...request, ...line }));
  });
  return lines.toSorted();
}

for (const type of ['loki', 'opentelemetry'] as const) {
  testWithPeers(`lines arrive by ${type}`, ['pebble'], async () => {
    const [real, embedded] = await Promise.all([collect(withReal, type), collect(withEmbedded, type)]);
    assert.deepEqual(embedded, real);
  });
}
