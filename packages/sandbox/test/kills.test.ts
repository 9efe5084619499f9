// The controller is killed with -9 while it deploys, while a charm runs, after a charm has ended and before the model knows, in an
// action, in a removal. The next one goes on from there: nothing is lost, nothing happens twice, and no process stays behind.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { ModelState } from '@charmed/sim/model';
import { Store } from '../src/controller/store.ts';
import { files } from '../src/directories.ts';
import { Gates } from './gates.ts';
import { hasEnded, isReading, pidsWith } from './processes.ts';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

// Each hook writes its name where Juju keeps it only if the hook succeeds, leaves a process, and then comes to a gate of its own.
const scribe = (gates: Gates): ShellCharm => ({
  metadata: { name: 'scribe', requires: { up: { interface: 'n' } }, provides: { down: { interface: 'n' } } },
  actions: { seen: {} },
  dispatch: `
    ${gates.script}
    name="\${JUJU_DISPATCH_PATH#*/}"
    [ "$name" != update-status ] || exit 0
    case "$name" in
      seen) action-set "seen=$(state-get seen)";;
      *-relation-joined) relation-set "greeting=$(state-get seen)";;
      config-changed) open-port 80;;
    esac
    state-set "seen=$(state-get seen) $name"
    setsid sleep 1000 >/dev/null 2>&1 &
    child=$!
    gate "\${JUJU_UNIT_NAME%/*}-$name"
    kill $child`,
});

test('a controller that is killed at any point goes on as if it had not been', async () => {
  using gates = new Gates();
  await using sandbox = await TestSandbox.start();
  const killedInside = ['a-install', 'b-down-relation-joined', 'a-seen'];
  const killedAfter = ['a-config-changed', 'b-install', 'a-up-relation-changed'];
  for (const gate of [...killedInside, ...killedAfter]) gates.close(gate);

  await sandbox.deploy(scribe(gates), { name: 'a' });
  await killInside(sandbox, gates, 'a-install');
  await killAfter(sandbox, gates, 'a-config-changed');
  await sandbox.untilStarted('a/0');

  await sandbox.deploy(scribe(gates), { name: 'b' });
  await sandbox.call('integrate', { endpoints: ['a:up', 'b:down'] });
  await killAfter(sandbox, gates, 'b-install');
  await killInside(sandbox, gates, 'b-down-relation-joined');
  await killAfter(sandbox, gates, 'a-up-relation-changed');

  const cut = sandbox.call('run', { unit: 'a/0', action: 'seen', params: {} }).catch((error: unknown) => error);
  await killInside(sandbox, gates, 'a-seen');
  assert.match(String(await cut), /cannot tell whether the sandbox did it/);
  await until('b has seen a', async () => (await sandbox.ran('b/0')).includes('down-relation-changed'));
  await until('no hook runs', async () => pidsWith('JUJU_AGENT_SOCKET_NETWORK=unix', sandbox).length === 0);
  const { results } = await sandbox.call('run', { unit: 'a/0', action: 'seen', params: {} });

  // How often b's settings have changed when a looks depends on who was killed when.
  const once = 'install leader-elected config-changed start up-relation-created up-relation-joined';
  assert.match(String(results.seen).trim(), new RegExp(`^${once}( up-relation-changed){1,2}$`));
  await sandbox.killController();
  const model = storedModel(sandbox);
  assert.deepEqual(
    Object.values(model.tasks).map(({ status, message }) => [status, message]),
    [
      ['failed', 'action terminated'],
      ['completed', ''],
    ],
  );
  const [relation] = Object.values(model.relations);
  const { greeting = '' } = relation?.units['b/0']?.settings ?? {};
  assert.equal(greeting.trim(), 'install down-relation-created leader-elected config-changed start');
  assert.deepEqual(
    model.units['a/0']?.openedPorts.map(({ from }) => from),
    [80],
  );
});

const standing = (gates: Gates): ShellCharm => ({
  metadata: { name: 'standing' },
  dispatch: `${gates.script}
    gate "\${JUJU_UNIT_NAME%/*}-\${JUJU_DISPATCH_PATH#*/}"`,
});

test('a controller that is killed while it removes a unit removes all of it', async () => {
  using gates = new Gates();
  await using sandbox = await TestSandbox.start();
  for (const gate of ['a-stop', 'a-remove']) gates.close(gate);
  await sandbox.deploy(standing(gates), { name: 'a', units: 2 });
  for (const unit of ['a/0', 'a/1']) await sandbox.untilStarted(unit);
  await sandbox.call('remove-unit', { units: ['a/0'] });
  await killInside(sandbox, gates, 'a-stop');
  await killAfter(sandbox, gates, 'a-remove');
  await sandbox.untilWorkload('a/0', 'gone');
  await until('its files are gone', async () => !existsSync(files.unit(sandbox.directories, 'a/0')));
  await sandbox.call('remove-application', { applications: ['a'] });
  await until('all is gone', async () => (await sandbox.status()).applications.a === undefined);
  await until('no files are left', async () => readdirSync(files.units(sandbox.directories)).length === 0);
  assert.deepEqual(pidsWith('JUJU_AGENT_SOCKET_NETWORK=unix', sandbox), []);
});

test('a controller that is killed while it reads a charm has deployed nothing, and deploys it when it is asked again', async () => {
  await using sandbox = await TestSandbox.start();
  const charm: ShellCharm = { metadata: { name: 'web' }, dispatch: 'status-set active', padding: 3 * 1024 ** 3 };
  const cut = sandbox.deploy(charm).catch((error: unknown) => error);
  await until('the charm is read', async () => sandbox.controllers().some((pid) => isReading(pid, 'web.charm')));
  await sandbox.killController();
  assert.match(String(await cut), /cannot tell whether the sandbox did it/);
  await sandbox.startController();
  assert.deepEqual((await sandbox.status()).applications, {});
  await sandbox.deploy({ ...charm, padding: 0 });
  await sandbox.untilActive();
});

/** While the charm runs. */
async function killInside(sandbox: TestSandbox, gates: Gates, gate: string): Promise<void> {
  const pid = await gates.held(gate);
  await sandbox.killController();
  assert.equal(hasEnded(pid), false);
  gates.open(gate);
  await sandbox.startController();
  assert.equal(hasEnded(pid), true);
}

/** When the charm has succeeded, and nobody knows that yet. */
async function killAfter(sandbox: TestSandbox, gates: Gates, gate: string): Promise<void> {
  const pid = await gates.held(gate);
  await sandbox.freezeController();
  await gates.release(gate);
  await until('the charm has ended', async () => hasEnded(pid));
  await sandbox.killController();
  await sandbox.startController();
}

function storedModel(sandbox: TestSandbox): ModelState {
  const store = new Store(files.database(sandbox.directories));
  const model = store.load();
  store.close();
  assert.ok(model);
  return model;
}
