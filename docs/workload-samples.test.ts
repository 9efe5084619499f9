// The charms of the pages on Pebble, run as processes against the real Pebble and the embedded one.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { PebbleClient } from '@charmed/ops/pebble';
import { serveJujuc } from '@charmed/sandbox/agent';
import { testWithPeers } from '../conformance/peers.ts';
import { withEmbedded, withReal, type WithWorld, type World } from '../conformance/pebble/worlds.ts';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { writeSamples } from '../tools/docs/write-samples.ts';

const SAMPLES = join(import.meta.dirname, '.samples/run');
const ANSWERS: Readonly<Record<string, string>> = { 'config-get': '{"greeting": "hello"}', 'is-leader': 'true' };

interface Run {
  readonly page: string;
  /** Variables of the event beside those of pebble-ready. */
  readonly event?: Readonly<Record<string, string>>;
  readonly prepare?: (client: PebbleClient) => Promise<unknown>;
  readonly check: (client: PebbleClient, log: string, world: World) => Promise<void>;
}

const runs: readonly Run[] = [
  {
    page: 'how-to/run-a-workload',
    check: async (client, log) => {
      const [service] = await client.getServices();
      assert.deepEqual([service?.name, service?.isRunning], ['web', true]);
      assert.match(log, /status-set .*active/);
    },
  },
  {
    page: 'how-to/files-and-commands',
    check: async (client, log, { directory }) => {
      assert.match(log, /configured port = 80 \{ admin: true \} \[ 'site.conf', 'users.json' \]/);
      assert.match(log, /migrated 1 -> 2/);
      assert.equal(await client.pull(`${directory}/site/version`).text(), '2\n');
    },
  },
  {
    page: 'how-to/health-checks-and-notices',
    check: async (client, log) => {
      assert.match(log, /check files is up, 0 failures/);
      assert.deepEqual(
        (await client.getChecks()).map(({ name, status }) => [name, status]),
        [['files', 'up']],
      );
    },
  },
  {
    page: 'how-to/health-checks-and-notices',
    event: {
      JUJU_DISPATCH_PATH: 'hooks/web-pebble-custom-notice',
      JUJU_NOTICE_ID: '1',
      JUJU_NOTICE_TYPE: 'custom',
      JUJU_NOTICE_KEY: 'example.com/backup-done',
    },
    prepare: (client) => client.notify('custom', 'example.com/backup-done', { data: { size: '7' } }),
    check: async (_client, log) => assert.match(log, /backup 1 of size 7/),
  },
];

const pages = new Map(
  (await writeSamples(SAMPLES)).map(({ path, directory }) => [path.replace(/\.md$/, ''), directory]),
);

for (const [index, run] of runs.entries()) {
  testWithPeers(`${run.page} (${index + 1}) on the real Pebble`, ['pebble'], () => play(run, withReal));
  void test(`${run.page} (${index + 1}) on the embedded Pebble`, () => play(run, withEmbedded));
}

async function play({ page, event, prepare, check }: Run, within: WithWorld): Promise<void> {
  await within(async (world) => {
    const client = new PebbleClient(world.transport);
    await prepare?.(client);
    const log = await dispatch(pages.get(page) ?? assert.fail(`no page ${page}`), world.directory, event);
    await check(client, log, world);
  });
}

/** Runs the page's charm for an event. Returns its hook commands, a line each. */
async function dispatch(sample: string, directory: string, event: Run['event'] = {}): Promise<string> {
  const calls: string[] = [];
  const container = join(directory, 'containers/web');
  mkdirSync(container, { recursive: true });
  mkdirSync(join(directory, 'site'));
  symlinkSync(join(directory, '.pebble.socket'), join(container, 'pebble.socket'));
  const server = await serveJujuc({
    socketPath: join(directory, 'agent.socket'),
    handle: ({ command, args }) => {
      calls.push(`${command} ${args.join(' ')}`);
      return { code: 0, stdout: ANSWERS[command] ?? '', stderr: '' };
    },
  });
  const env = {
    PATH: '/usr/bin:/bin',
    SITE: join(directory, 'site'),
    CHARMED_CONTAINERS_DIR: join(directory, 'containers'),
    JUJU_AGENT_SOCKET_ADDRESS: join(directory, 'agent.socket'),
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_CHARM_DIR: directory,
    JUJU_CONTEXT_ID: 'sample',
    JUJU_DISPATCH_PATH: 'hooks/web-pebble-ready',
    JUJU_MODEL_NAME: 'docs',
    JUJU_UNIT_NAME: 'web/0',
    JUJU_VERSION: '3.6.14',
    JUJU_WORKLOAD_NAME: 'web',
    ...event,
  };
  const args = [`--conditions=${SOURCE_CONDITION}`, join(sample, 'src/charm.ts')];
  const charm = spawn(process.execPath, args, { env, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  const [stderr] = await Promise.all([text(charm.stderr), once(charm, 'close')]);
  await server.close();
  assert.equal(charm.exitCode, 0, `${calls.join('\n')}\n${stderr}`);
  return calls.join('\n');
}
