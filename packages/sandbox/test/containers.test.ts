// Workload containers: a Pebble each, which runs real processes and outlives the controller.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { files } from '../src/directories.ts';
import { killByEnvironment, pidsWith } from './processes.ts';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

// Runs a service in its container through Pebble's API, as a charm would.
const SLEEPER: ShellCharm = {
  metadata: { name: 'sleeper', containers: { app: {} } },
  dispatch: `
    pebble() { curl -sf --unix-socket "$CHARMED_CONTAINERS_DIR/app/pebble.socket" -H 'content-type: application/json' "$@"; }
    case "$JUJU_DISPATCH_PATH" in
      hooks/app-pebble-ready)
        [ "$JUJU_WORKLOAD_NAME" = app ]
        layer='{"services":{"s":{"override":"replace","command":"sleep 1000","startup":"enabled"}}}'
        pebble http://pebble/v1/layers -d '{"action":"add","combine":true,"label":"l","format":"yaml","layer":"'"$(echo $layer | sed 's/"/\\\\"/g')"'"}'
        pebble http://pebble/v1/services -d '{"action":"replan"}'
        status-set active "$(state-get times)x"
        state-set "times=$(state-get times)x";;
    esac`,
};
/** The service's command line. */
const SLEEP = 'sleep\u00001000';
const ready = (times: number) => `active: ${'x'.repeat(times)}`;

test('a container runs its workload, is started again with pebble-ready when it ends, and survives the controller', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(SLEEPER);
  await sandbox.untilWorkload('sleeper/0', ready(1));
  const container = containerOf(sandbox, 'sleeper-0');
  const service = () => pidsWith(container, sandbox, SLEEP);
  await until('the service runs', async () => service().length === 1);
  const [pid] = service();

  await sandbox.killController();
  await sandbox.startController();
  await sandbox.untilActive();
  assert.deepEqual(service(), [pid]);

  killByEnvironment(container, sandbox, 'pebble');
  await sandbox.untilWorkload('sleeper/0', ready(2));
  await until('the service runs again', async () => service().length === 1);
  assert.notDeepEqual(service(), [pid]);

  await sandbox.call('remove-application', { applications: ['sleeper'] });
  await until('the containers are gone', async () => pidsWith(container, sandbox).length === 0);
});

test('two units of a workload run side by side, and destroy ends them', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(SLEEPER, { units: 2 });
  await sandbox.untilActive();
  const { applications } = await sandbox.status();
  const addresses = Object.values(applications.sleeper?.units ?? {}).map(({ address }) => address);
  assert.equal(new Set(addresses).size, 2);
  const services = () => [0, 1].flatMap((unit) => pidsWith(containerOf(sandbox, `sleeper-${unit}`), sandbox, SLEEP));
  await until('both services run', async () => services().length === 2);
  await sandbox.destroy();
  assert.deepEqual(services(), []);
});

test('a unit whose removal was cut short by a kill leaves no process and no file', async () => {
  await using sandbox = await TestSandbox.start();
  const stubborn = SLEEPER.dispatch.replace('sleep 1000', 'env --ignore-signal=TERM sleep 1000');
  await sandbox.deploy({ ...SLEEPER, dispatch: stubborn });
  await sandbox.untilWorkload('sleeper/0', ready(1));
  const container = containerOf(sandbox, 'sleeper-0');
  await sandbox.call('remove-application', { applications: ['sleeper'] });
  await sandbox.untilWorkload('sleeper/0', 'gone');
  await sandbox.killController(); // while Pebble gives the service, which does not want to end, its time
  assert.notDeepEqual(pidsWith(container, sandbox), []);
  await sandbox.startController();
  assert.deepEqual(pidsWith(container, sandbox), []);
  assert.equal(existsSync(files.unit(sandbox.directories, 'sleeper/0')), false);
});

// Every process of a container has its directory as home.
function containerOf(sandbox: TestSandbox, unit: string): string {
  return `HOME=${sandbox.directories.state}/units/${unit}/containers/app/root`;
}
