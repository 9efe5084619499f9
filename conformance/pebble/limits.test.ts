// Where the embedded Pebble differs from the real one, which packages/sim/LIMITS.md lists: both sides as they are.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PebbleAPIError, PebbleChangeError, PebbleClient } from '@charmed/ops/pebble';
import { startPebble } from '@charmed/sim/pebble';
import { peerPath, testWithPeers } from '../peers.ts';
import { type WithWorld, withEmbedded, withReal, type World } from './worlds.ts';

type Look = (world: World, client: PebbleClient) => Promise<unknown>;

function differs(name: string, look: Look, { real, embedded }: { real: unknown; embedded: unknown }): void {
  testWithPeers(name, ['pebble'], async () => {
    const lookAt = (withWorld: WithWorld) => withWorld((world) => look(world, new PebbleClient(world.transport)));
    assert.deepEqual(await lookAt(withReal), real);
    assert.deepEqual(await lookAt(withEmbedded), embedded);
  });
}

/** What a call is refused with, without what comes before the reason. */
async function refusal(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    assert.ok(error instanceof PebbleAPIError);
    return error.message.replace(/^.*?(?=yaml: line|unknown section)/, '');
  }
}

differs('YAML with a syntax error', (_world, client) => refusal(client.addLayer('bad', 'a: {')), {
  real: 'yaml: line 1: did not find expected node content (Pebble answered 400)',
  embedded:
    'yaml: line 1: Flow map in block collection must be sufficiently indented and end with a } (Pebble answered 400)',
});

differs(
  'line ends that only Unicode knows',
  async (_world, client) => {
    await client.addLayer('base', 'services: {web: {override: replace, command: x, summary: "a\u0085b"}}');
    return (await client.getPlan()).services['web']?.summary;
  },
  { real: 'a b', embedded: 'a\u0085b' },
);

differs('workloads of firmware', (_world, client) => refusal(client.addLayer('w', 'workloads: {}')), {
  real: 'none',
  embedded: 'unknown section "workloads" (Pebble answered 400)',
});

differs('who may reach the socket', async ({ socketPath }) => (statSync(socketPath).mode & 0o777).toString(8), {
  real: '666',
  embedded: '600',
});

/** Whether it goes on, and is not just about to be gone. */
async function livesOn(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    // A zombie waits for whoever adopted it.
    if (!existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return false;
    await delay(10);
  }
  return true;
}

differs(
  'what a command has started, after its time limit',
  async (_world, client) => {
    const run = client.exec(['sh', '-c', 'sleep 600 >/dev/null 2>&1 & echo $!; wait'], { timeoutMs: 500 });
    let printed = '';
    for await (const chunk of run.stdout) printed += new TextDecoder().decode(chunk);
    await assert.rejects(async () => await run.wait(), PebbleChangeError);
    const pid = Number(printed);
    const isLeft = await livesOn(pid);
    if (isLeft) process.kill(pid, 'SIGKILL');
    return isLeft;
  },
  { real: true, embedded: false },
);

testWithPeers('a state that cannot be read', ['pebble'], async () => {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-limits-'));
  mkdirSync(join(directory, 'layers'));
  const [state, socketPath] = [join(directory, '.pebble.state'), join(directory, '.pebble.socket')];
  writeFileSync(state, '{"changes": 1}');
  try {
    const env = { PATH: process.env['PATH'], PEBBLE: directory, PEBBLE_SOCKET: socketPath };
    const [code] = (await once(spawn(peerPath('pebble'), ['run'], { env, stdio: 'ignore' }), 'exit')) as [number];
    assert.equal(code, 1);
    const warning = once(process, 'warning');
    const pebble = await startPebble({ socketPath, layersDir: join(directory, 'layers') });
    await pebble.close();
    assert.ok(existsSync(`${state}.damaged`));
    assert.match(String(await warning), /cannot read the state of Pebble/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

testWithPeers('an address for HTTP', ['pebble'], () => {
  const main = fileURLToPath(import.meta.resolve('@charmed/sim/pebble').replace('index.ts', 'main.ts'));
  const real = spawnSync(peerPath('pebble'), ['run', '--help'], { encoding: 'utf8' });
  const embedded = spawnSync(process.execPath, ['--conditions=@charmed/source', main], { encoding: 'utf8' });
  assert.match(real.stdout + real.stderr, /--http=/);
  assert.match(embedded.stderr, /usage: --socket/);
  assert.doesNotMatch(embedded.stderr, /--http/);
});
