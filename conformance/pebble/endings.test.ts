// What services do to their Pebble, and checks to services: with the real Pebble and the embedded one the same.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PebbleClient, Service } from '@charmed/ops/pebble';
import { peerPath, testWithPeers } from '../peers.ts';
import { conforms } from './conforms.ts';

const main = fileURLToPath(import.meta.resolve('@charmed/sim/pebble').replace('index.ts', 'main.ts'));

type CommandOf = (directory: string) => readonly [string, ...string[]];

const real: CommandOf = () => [peerPath('pebble'), 'run'];
const embedded: CommandOf = (directory) => [
  process.execPath,
  '--conditions=@charmed/source',
  main,
  '--socket',
  join(directory, '.pebble.socket'),
  '--layers',
  join(directory, 'layers'),
];

/** The exit code of a Pebble with one service, which ends after a while. */
async function exitCode(commandOf: CommandOf, code: number, service: Service): Promise<number | null> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-endings-'));
  mkdirSync(join(directory, 'layers'));
  const web = { override: 'replace', startup: 'enabled', command: `sh -c "sleep 1.5; exit ${code}"`, ...service };
  writeFileSync(join(directory, 'layers', '001-base.yaml'), JSON.stringify({ services: { web } }));
  const [program, ...args] = commandOf(directory);
  const env = { PATH: process.env['PATH'], HOME: '/tmp', PEBBLE: directory };
  const [exit] = (await once(spawn(program, args, { env, stdio: 'ignore' }), 'exit')) as [number | null];
  rmSync(directory, { recursive: true });
  return exit;
}

const ENDINGS: readonly (readonly [code: number, service: Service, exit: number])[] = [
  [0, { 'on-success': 'shutdown' }, 0],
  [0, { 'on-success': 'failure-shutdown' }, 10],
  [3, { 'on-failure': 'shutdown' }, 10],
  [3, { 'on-failure': 'success-shutdown' }, 0],
];

testWithPeers('a service ends Pebble as it says', ['pebble'], async () => {
  const exits = ENDINGS.map(([code, service]) =>
    Promise.all([exitCode(real, code, service), exitCode(embedded, code, service)]),
  );
  assert.deepEqual(
    await Promise.all(exits),
    ENDINGS.map(([, , exit]) => [exit, exit]),
  );
});

const check = { override: 'replace', period: '100ms', threshold: 2, exec: { command: 'false' } } as const;
const sleeper = { override: 'replace', command: 'sleep 60', 'backoff-delay': '100ms' } as const;

async function untilMetrics(client: PebbleClient, pattern: RegExp): Promise<void> {
  while (!pattern.test(await client.getMetrics())) await delay(20);
}

conforms('a failing check restarts the services that say so, again and again', async ({ client }) => {
  await client.addLayer('base', {
    services: { web: { ...sleeper, 'on-check-failure': { up: 'restart' } }, other: sleeper },
  });
  await client.startServices(['web', 'other']);
  await client.addLayer('checks', { checks: { up: check } });
  await untilMetrics(client, /start_count\{service="web"\} 2\b/);
  assert.match(await client.getMetrics(), /start_count\{service="other"\} 1\b/);
  assert.equal((await client.getChecks({ names: ['up'] }))[0]?.status, 'down');
});

conforms('a service that ends comes again, with growing delay', async ({ client }) => {
  const command = 'sh -c "sleep 1.2; exit 1"';
  const backoff = { 'backoff-delay': '200ms', 'backoff-factor': 2 } as const;
  await client.addLayer('base', { services: { brief: { override: 'replace', command, ...backoff } } });
  await client.startServices(['brief']);
  await untilMetrics(client, /start_count\{service="brief"\} 3\b/);
  await client.stopServices(['brief']);
  assert.equal((await client.getServices())[0]?.isRunning, false);
});
