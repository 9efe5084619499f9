// How lines come to log targets when not all is well: from the real Pebble and from the embedded one the same.

import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { PebbleClient } from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { type WithWorld, withEmbedded, withReal } from './worlds.ts';

const shell = (script: string, environment = {}) =>
  ({ override: 'replace', command: `sh -c '${script}; exec sleep 60'`, environment }) as const;

/** What a test has seen, and a wait until there is enough of it. */
class Seen {
  readonly entries: string[] = [];
  #check: () => void = () => undefined;

  add(entry: string): void {
    this.entries.push(entry);
    this.#check();
  }

  async until(isEnough: (entries: readonly string[]) => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#check = () => isEnough(this.entries) && resolve();
      this.#check();
    });
  }
}

/** A Loki that answers as it is told, and sees the lines of each request. */
async function withLoki<T>(
  seen: Seen,
  name: string,
  answer: () => number,
  body: (location: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    void Array.fromAsync(request as AsyncIterable<Buffer>).then((chunks) => {
      const { streams } = JSON.parse(Buffer.concat(chunks).toString()) as {
        streams: readonly { readonly stream: object; readonly values: readonly (readonly string[])[] }[];
      };
      const status = answer();
      response.writeHead(status).end();
      for (const { stream, values } of streams) {
        seen.add(`${name} ${status} ${JSON.stringify(stream)} ${values.map(([, line]) => line).join()}`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return body(`http://127.0.0.1:${port}/`).finally(() => server.close());
}

type Play = (withWorld: WithWorld) => Promise<readonly string[]>;

const plays: [name: string, play: Play][] = [];
const same = (name: string, play: Play) => plays.push([name, play]);

const target = (location: string, fields: object = {}) =>
  ({ override: 'replace', type: 'loki', location, services: ['all'], ...fields }) as const;

same('what a target does not take comes with the next lines, and not before', async (withWorld) => {
  const seen = new Seen();
  let isFirst = true;
  const answer = () => (isFirst ? ((isFirst = false), 503) : 204);
  return withLoki(seen, 'late', answer, (late) =>
    withLoki(
      seen,
      'other',
      () => 204,
      (other) =>
        withWorld(async ({ transport, directory }) => {
          const client = new PebbleClient(transport);
          const file = (name: string) => join(directory, name);
          const waitFor = (name: string) => `while [ ! -e ${file(name)} ]; do sleep 0.05; done`;
          await client.addLayer('base', {
            services: { a: shell(`echo one; ${waitFor('go')}; echo two`), b: shell(`${waitFor('tick')}; echo tick`) },
            'log-targets': { late: target(late, { services: ['a'] }), other: target(other, { services: ['b'] }) },
          });
          await client.startServices(['a', 'b']);
          await seen.until((entries) => entries.length === 1);
          // A second goes by before this comes.
          writeFileSync(file('tick'), '');
          await seen.until((entries) => entries.length === 2);
          writeFileSync(file('go'), '');
          await seen.until((entries) => entries.some((entry) => entry.endsWith('two')));
          return seen.entries;
        }),
    ),
  );
});

same('a new plan sends what is still there again, with new labels, but to where the target was', async (withWorld) => {
  const seen = new Seen();
  const ok = () => 204;
  return withLoki(seen, 'old', ok, (old) =>
    withLoki(seen, 'new', ok, (next) =>
      withWorld(async ({ transport }) => {
        const client = new PebbleClient(transport);
        await client.addLayer('base', { services: { a: shell('echo early') } });
        await client.startServices(['a']);
        await client.addLayer('target', { 'log-targets': { t: target(old, { labels: { x: '1' } }) } });
        await seen.until((entries) => entries.length === 1);
        await client.addLayer('change', { 'log-targets': { t: target(next, { labels: { x: '2' } }) } });
        await seen.until((entries) => entries.length === 2);
        await client.addLayer('more', { 'log-targets': { u: target(next) } });
        await seen.until((entries) => entries.length === 4);
        return seen.entries.toSorted();
      }),
    ),
  );
});

same('more lines than go at once', async (withWorld) => {
  const seen = new Seen();
  const lines = () => seen.entries.flatMap((entry) => entry.replace(/^.* /, '').split(','));
  return withLoki(
    seen,
    't',
    () => 204,
    (location) =>
      withWorld(async ({ transport }) => {
        const client = new PebbleClient(transport);
        const many = shell('i=0; while [ $i -lt 350 ]; do i=$((i+1)); echo $i; done');
        await client.addLayer('base', { services: { many }, 'log-targets': { t: target(location) } });
        await client.startServices(['many']);
        await seen.until(() => lines().length === 350);
        return lines();
      }),
  );
});

const LABELS = { product: 'web', quoted: 'a"b\\c]d', where: '${PLACE}' };
const withoutTime = (text: string) => text.replace(/^<13>1 \S+Z /, '<13>1 time ');

/** The messages of RFC 5425 frames, each of the length that it says. */
function frames(bytes: Buffer): string[] {
  const [, digits = ''] = /^(\d+) /.exec(bytes.subarray(0, 8).toString()) ?? [];
  const [start, end] = [digits.length + 1, digits.length + 1 + Number(digits)];
  if (digits === '' || bytes.length < end) return [];
  return [withoutTime(bytes.subarray(start, end).toString()), ...frames(bytes.subarray(end))];
}

async function withSyslog<T>(kind: 'tcp' | 'udp', seen: Seen, body: (location: string) => Promise<T>): Promise<T> {
  if (kind === 'udp') {
    const socket = createSocket('udp4', (message) => seen.add(withoutTime(message.toString())));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return body(`udp://127.0.0.1:${socket.address().port}`).finally(() => socket.close());
  }
  let bytes = Buffer.alloc(0);
  const server = createTcpServer((socket) => {
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (const message of frames(bytes).slice(seen.entries.length)) seen.add(message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return body(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => server.close());
}

for (const kind of ['tcp', 'udp'] as const) {
  same(`lines arrive by syslog over ${kind}`, (withWorld) => {
    const seen = new Seen();
    return withSyslog(kind, seen, (location) =>
      withWorld(async ({ transport }) => {
        const client = new PebbleClient(transport);
        // As long as a datagram and more, but not as long as a line may be.
        // Written at once: a line that comes in parts is, at times, forwarded in parts by the real one.
        const long = 'printf "%s\\n" "$(head -c 4050 /dev/zero | tr "\\\\0" x)"';
        await client.addLayer('base', {
          services: { a: shell(`echo "one é"; echo; ${long}`, { PLACE: 'here' }) },
          'log-targets': {
            labelled: { override: 'replace', type: 'syslog', location, services: ['a'], labels: LABELS },
            nowhere: { override: 'replace', type: 'syslog', location: 'http://127.0.0.1:1', services: ['a'] },
          },
        });
        await client.startServices(['a']);
        await seen.until((entries) => entries.length === 3);
        return seen.entries;
      }),
    );
  });
}

// Each of them waits for seconds to go by, so they all go on at once.
testWithPeers('both Pebbles forward the same', ['pebble'], async (context) => {
  const played = plays.map(([, play]) => Promise.all([play(withReal), play(withEmbedded)]));
  for (const [index, [name]] of plays.entries()) {
    await context.test(name, async () => {
      const [real, embedded] = (await played[index]) ?? [];
      assert.deepEqual(embedded, real);
    });
  }
});
