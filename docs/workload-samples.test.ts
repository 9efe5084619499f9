// The charms of the pages on Pebble, run as processes against the real Pebble and the embedded one.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { type Layer, PebbleClient, type Plan } from '@charmed/ops/pebble';
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

/** What the page's sample makes of two layers is what a Pebble makes of them. */
async function combines(within: WithWorld): Promise<void> {
  const sample = join(pages.get('how-to/run-a-workload') ?? assert.fail('no page'), 'src/layers.ts');
  const { planWith } = (await import(sample)) as { planWith(own: Layer, yaml: string): Promise<Plan | string> };
  const own: Layer = { services: { web: { override: 'replace', command: 'sleep 1000', 'kill-delay': '90s' } } };
  const extra = (delay: string) => `services:\n  web:\n    override: merge\n    kill-delay: ${delay}\n`;
  const refusal = await planWith(own, extra('soon'));
  assert.ok(typeof refusal === 'string');
  assert.match(refusal, /^cannot use layer "extra": services\.web\.kill-delay \(line 4, column 17\): /);
  await within(async ({ transport }) => {
    const client = new PebbleClient(transport);
    await client.addLayer('own', own);
    await client.addLayer('extra', extra('2m'));
    assert.deepEqual(await planWith(own, extra('2m')), await client.getPlan());
  });
}

testWithPeers('layers are combined as by the real Pebble', ['pebble'], () => combines(withReal));
void test('layers are combined as by the embedded Pebble', () => combines(withEmbedded));
