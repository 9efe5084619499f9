// One piece of work for a Pebble, by our client: work.ts SOCKET DIRECTORY WORK [MIB]. Prints the milliseconds it took, those of the
// processor, and the peak memory in MiB.

import { readFileSync } from 'node:fs';
import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';

const [socketPath = '', directory = '', work = '', size = '0'] = process.argv.slice(2);
const client = new PebbleClient(unixHttpTransport(socketPath));
const MIB = 1024 * 1024;

async function* content(): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(MIB, 'x');
  for (let count = 0; count < Number(size); count += 1) yield chunk;
}

const push = async () => client.push(`${directory}/large`, content());

const works: Readonly<Record<string, () => Promise<void>>> = {
  push,
  async stream() {
    await push();
    let came = 0;
    for await (const chunk of client.pull(`${directory}/large`)) came += chunk.byteLength;
    if (came !== Number(size) * MIB) throw new Error(`${came} bytes came back`);
  },
  async files() {
    for (let count = 0; count < 1000; count += 1) await client.push(`${directory}/${count}`, 'content');
  },
  async replan() {
    for (let count = 0; count < 200; count += 1) await client.replanServices();
  },
  async exec() {
    for (let count = 0; count < 100; count += 1) await client.exec(['echo', 'hello']).waitOutput();
  },
};

const run = works[work];
if (!run) throw new Error(`no work ${work}`);
await client.getSystemInfo();
const used = process.cpuUsage();
const begun = performance.now();
await run();
const ms = performance.now() - begun;
const { user, system } = process.cpuUsage(used);
// Unlike what getrusage says, this does not begin with the memory of the process that has started this one.
const [, peak] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
console.log(JSON.stringify({ ms, cpu: (user + system) / 1000, peak: Number(peak) / 1024 }));
