// Hooks that fail, processes that are killed, and a controller that is killed: nothing is lost and nothing stays behind.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { destroySandbox } from '@charmed/sandbox';
import { killByEnvironment, pidsWith } from './processes.ts';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

test('a failed hook changes nothing that Juju holds back, puts the unit in error, and is run again', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(
    {
      metadata: { name: 'web' },
      config: { good: { type: 'boolean', default: false } },
      dispatch: `
      [ "$JUJU_DISPATCH_PATH" = hooks/config-changed ] || exit 0
      open-port 80
      application-version-set 1.2
      [ "$(config-get good)" = True ] || { echo "no good" >&2; exit 3; }
      status-set active`,
    },
    { retryDelayMs: 60_000 },
  );
  await sandbox.untilWorkload('web/0', 'error: hook failed: "config-changed"');
  const broken = (await sandbox.status()).applications.web;
  assert.equal(broken?.version, '1.2');
  assert.equal(broken?.units['web/0']?.['open-ports'], undefined);
  const { ready, reasons } = await sandbox.call('wait', { applications: ['web'], timeoutMs: 100 });
  assert.deepEqual(
    [ready, reasons[0], reasons.at(-1)],
    [false, 'web/0 is in error: hook failed: "config-changed"', '  no good'],
  );
  await sandbox.call('set-config', { application: 'web', change: { good: 'true' } });
  await sandbox.call('resolved', { units: ['web/0'] });
  await sandbox.untilActive();
  assert.deepEqual((await sandbox.status()).applications.web?.units['web/0']?.['open-ports'], ['80/tcp']);
});

test('a dispatch that is killed counts as failed and is run again', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy({
    metadata: { name: 'web' },
    dispatch: `
      [ "$JUJU_DISPATCH_PATH" = hooks/start ] || exit 0
      if [ ! -e started ]; then touch started; exec sleep 1000; fi
      status-set active again`,
  });
  await until('start runs', async () => pidsWith('JUJU_DISPATCH_PATH=hooks/start', sandbox, 'sleep').length > 0);
  killByEnvironment('JUJU_DISPATCH_PATH=hooks/start', sandbox);
  await sandbox.untilWorkload('web/0', 'active: again');
});

// Each hook but the first counts itself, in a state that Juju keeps: all run once, in spite of everything.
const COUNTER: ShellCharm = {
  metadata: { name: 'counter', requires: { up: { interface: 'n' } }, provides: { down: { interface: 'n' } } },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in hooks/update-status) exit 0;; esac
    seen="$(state-get seen)"
    state-set "seen=$seen \${JUJU_DISPATCH_PATH#hooks/}"
    status-set active "$seen \${JUJU_DISPATCH_PATH#hooks/}"
    case "$JUJU_DISPATCH_PATH" in hooks/down-relation-joined) relation-set ready=yes;; esac`,
};

test('a controller that is killed again and again gets to where it would have been', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(COUNTER, { name: 'a' });
  await sandbox.deploy(COUNTER, { name: 'b' });
  await sandbox.call('integrate', { endpoints: ['a:up', 'b:down'] });
  for (const pause of [30, 170, 260, 90]) {
    await delay(pause);
    await sandbox.killController();
    await sandbox.startController();
  }
  await sandbox.untilActive();
  const first = 'install up-relation-created leader-elected config-changed start';
  assert.match(
    await sandbox.workload('a/0'),
    new RegExp(`^active:  ${first} up-relation-joined( up-relation-changed)+$`),
  );
  const second =
    'install down-relation-created leader-elected config-changed start down-relation-joined down-relation-changed';
  assert.match(await sandbox.workload('b/0'), new RegExp(`^active:  ${second}$`));
});

test('destroy ends running hooks, what they left behind, and the controller, killed or not', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy({
    metadata: { name: 'web' },
    dispatch: `
      setsid sleep 1000 >/dev/null 2>&1 &
      exec sleep 1000`,
  });
  const own = `JUJU_CHARM_DIR=${sandbox.directories.state}/units/web-0/charm`;
  await until('the hook runs', async () => pidsWith(own, sandbox).length >= 2);
  await sandbox.killController();
  assert.equal(await destroySandbox(sandbox.directories), true);
  assert.deepEqual(pidsWith(own, sandbox), []);
  assert.equal(existsSync(sandbox.directories.state), false);
  assert.equal(existsSync(sandbox.directories.runtime), false);
  await sandbox.startController();
  await sandbox.deploy({ metadata: { name: 'web' }, dispatch: 'exec sleep 1000' });
  await until('the hook runs', async () => pidsWith(own, sandbox).length > 0);
  assert.equal(await destroySandbox(sandbox.directories), true);
  assert.deepEqual(pidsWith(own, sandbox), []);
  assert.deepEqual(sandbox.controllers(), []);
  assert.equal(existsSync(sandbox.directories.runtime), false);
});
