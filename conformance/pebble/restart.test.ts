// What is known after a restart of Pebble, by SIGKILL and by SIGTERM: to the real Pebble and to the embedded one the same.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unixHttpTransport } from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { type Step, get, post, services } from './case.ts';
import { play } from './play.ts';
import { type CommandOf, embedded, real, startProcess } from './process.ts';

type Signal = 'SIGKILL' | 'SIGTERM';
/** What a Pebble that is started twice says the second time. */
async function afterRestart(commandOf: CommandOf, signal: Signal, { layer, before, after }: Restart): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-restart-'));
  mkdirSync(join(directory, 'layers'));
  // What a killed Pebble leaves running ends with this file.
  const alive = join(directory, 'alive');
  writeFileSync(alive, '');
  writeFileSync(join(directory, 'layers', '001-base.yaml'), JSON.stringify(layer(alive)));
  const run = async (steps: readonly Step[], end: Signal) => {
    const socketPath = join(directory, '.pebble.socket');
    rmSync(socketPath, { force: true });
    const pebble = await startProcess(commandOf, directory, socketPath);
    try {
      return await play({ transport: unixHttpTransport(socketPath), socketPath, directory }, steps);
    } finally {
      await pebble.kill(end);
    }
  };
  try {
    await run(before(alive), signal);
    return await run(after, 'SIGTERM');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Restart {
  readonly layer: (alive: string) => object;
  readonly before: (alive: string) => readonly Step[];
  readonly after: readonly Step[];
}

const loop = (alive: string) => `while [ -e ${alive} ]; do sleep 0.1; done`;
const service = (script: string, options: object = {}) => ({
  override: 'replace',
  command: `sh -c "${script}"`,
  ...options,
});

function layerWith(killDelay: string): Restart['layer'] {
  return (alive) => ({
    services: {
      first: service(loop(alive)),
      second: service(`trap '' TERM; ${loop(alive)}`, {
        requires: ['first'],
        after: ['first'],
        'kill-delay': killDelay,
      }),
    },
    checks: { good: { override: 'replace', period: '1h', exec: { command: 'true' } } },
  });
}

const known = (alive: string): Step[] => [
  { until: '"status":"Doing"', path: '/v1/changes/1' },
  services('start', 'first', 'second'),
  post('/v1/notices', { action: 'add', type: 'custom', key: 'example.com/a', data: { k: 'v' }, 'repeat-after': '1h' }),
  post('/v1/identities', { action: 'add', identities: { bob: { access: 'read', local: { 'user-id': 42 } } } }),
  { ...post('/v1/exec', { command: ['sh', '-c', loop(alive)] }), statusOnly: true },
  { until: '"status":"Doing"', path: '/v1/changes/3' },
];

const asked: Step[] = [
  { until: '"ready":true', path: '/v1/changes/1' },
  { until: '"ready":true', path: '/v1/changes/3' },
  { until: '"ready":true', path: '/v1/changes/4' },
  { until: '"status":"Doing"', path: '/v1/changes/5' },
  get('/v1/changes?select=all'),
  get('/v1/changes?select=all&for=first'),
  get('/v1/identities'),
  get('/v1/checks'),
  get('/v1/services'),
  post('/v1/notices', { action: 'add', type: 'custom', key: 'example.com/a' }),
  post('/v1/notices', { action: 'add', type: 'custom', key: 'example.com/b' }),
  get('/v1/notices/3'),
  ...['1', '2', '3', '4', '5'].map((key) => get(`/v1/notices?keys=${key}`)),
];

const killed: Restart = {
  layer: layerWith('20s'),
  before: (alive) => [
    ...known(alive),
    post('/v1/services', { action: 'stop', services: ['first', 'second'] }),
    { until: '"status":"Doing"', path: '/v1/changes/4' },
  ],
  after: asked,
};

// The fourth change stops all services for the end of Pebble.
const stopped: Restart = { layer: layerWith('300ms'), before: known, after: asked };

for (const [signal, restart] of [['SIGKILL', killed] as const, ['SIGTERM', stopped] as const]) {
  testWithPeers(`both Pebbles know the same after ${signal}`, ['pebble'], async () => {
    const [theirs, ours] = await Promise.all([
      afterRestart(real, signal, restart),
      afterRestart(embedded, signal, restart),
    ]);
    assert.deepEqual(ours, theirs);
    assert.match(JSON.stringify(ours), /"kind":"exec"[^]*"status":"Done"/);
  });
}
