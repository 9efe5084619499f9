// Hooks that fail, charms that are killed, and sandboxes that are destroyed in whatever state they are.

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { destroySandbox } from '@charmed/sandbox';
import { files } from '../src/directories.ts';
import { killByEnvironment, pidsWith } from './processes.ts';
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

const FATES: Readonly<Record<string, (sandbox: TestSandbox) => Promise<void>>> = {
  'that lives': async () => undefined,
  'that was killed': async (sandbox) => await sandbox.killController(),
  'whose model cannot be read': async (sandbox) => {
    await sandbox.killController();
    writeFileSync(files.database(sandbox.directories), 'broken');
  },
};

for (const [controller, befall] of Object.entries(FATES)) {
  test(`destroy ends running hooks, what they left behind, and a controller ${controller}`, async () => {
    await using sandbox = await TestSandbox.start();
    await sandbox.deploy({
      metadata: { name: 'web' },
      dispatch: `
        setsid sleep 1000 >/dev/null 2>&1 &
        exec sleep 1000`,
    });
    const own = `JUJU_CHARM_DIR=${files.unit(sandbox.directories, 'web/0')}/charm`;
    await until('the hook runs', async () => pidsWith(own, sandbox).length >= 2);
    await befall(sandbox);
    assert.equal(await destroySandbox(sandbox.directories), true);
    assert.deepEqual(pidsWith(own, sandbox), []);
    assert.deepEqual(sandbox.controllers(), []);
    for (const directory of [sandbox.directories.state, sandbox.directories.runtime]) {
      assert.equal(existsSync(directory), false);
    }
  });
}
