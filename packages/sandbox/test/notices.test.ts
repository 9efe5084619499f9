// Custom notices, and checks that fail and recover: each reaches the charm once.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from '../src/directories.ts';
import { killByEnvironment } from './processes.ts';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

// Its check is up while there is a file `up` in the container.
const WATCHER: ShellCharm = {
  metadata: { name: 'watcher', containers: { app: {} } },
  actions: { notify: { params: { key: { type: 'string' } } } },
  dispatch: `
    pebble() { curl -sf --unix-socket "$CHARMED_CONTAINERS_DIR/app/pebble.socket" -H 'content-type: application/json' "$@"; }
    case "$JUJU_DISPATCH_PATH" in
      hooks/app-pebble-ready)
        layer='{"checks":{"alive":{"override":"replace","period":"2s","threshold":1,"exec":{"command":"test -e up"}}}}'
        pebble http://pebble/v1/layers -d '{"action":"add","combine":true,"label":"l","format":"yaml","layer":"'"$(echo $layer | sed 's/"/\\\\"/g')"'"}'
        status-set active ready;;
      hooks/app-pebble-check-*) status-set active "$JUJU_WORKLOAD_NAME $JUJU_HOOK_NAME $JUJU_PEBBLE_CHECK_NAME";;
      hooks/app-pebble-custom-notice) status-set active "$JUJU_WORKLOAD_NAME $JUJU_NOTICE_TYPE $JUJU_NOTICE_KEY $JUJU_NOTICE_ID";;
      actions/notify) pebble http://pebble/v1/notices -d '{"action":"add","type":"custom","key":"'"$(action-get key)"'"}';;
    esac`,
};

test('notices and checks are told once, also when the controller and Pebble are killed', async () => {
  await using sandbox = await TestSandbox.start();
  const unit = 'watcher/0';
  const notify = (key: string) => sandbox.call('run', { unit, action: 'notify', params: { key } });
  const root = join(files.unit(sandbox.directories, unit), 'containers', 'app', 'root');
  await sandbox.deploy(WATCHER);
  await sandbox.untilWorkload(unit, 'active: app app-pebble-check-failed alive');
  writeFileSync(join(root, 'up'), '');
  await sandbox.untilWorkload(unit, 'active: app app-pebble-check-recovered alive');
  await notify('example.com/a');
  const times = async (name: string) => (await sandbox.ran(unit)).filter((hook) => hook === name).length;
  await until('the first notice is told', async () => (await times('app-pebble-custom-notice')) === 1);
  const first = await sandbox.workload(unit);
  assert.match(first, /^active: app custom example\.com\/a \d+$/);

  await sandbox.killController();
  await sandbox.startController();
  await notify('example.com/b');
  await until('the second notice is told', async () => (await times('app-pebble-custom-notice')) === 2);

  killByEnvironment(`HOME=${root}`, sandbox, 'pebble');
  await until('Pebble is back', async () => (await times('app-pebble-ready')) === 2);
  await notify('example.com/a');
  await until('the last notice is told', async () => (await times('app-pebble-custom-notice')) === 3);
  assert.equal(await sandbox.workload(unit), first); // Pebble still knows the notice, by its id

  const told = (await sandbox.ran(unit)).filter((hook) => /^app-pebble-(?:check|custom)/.test(hook));
  assert.deepEqual(told, [
    'app-pebble-check-failed',
    'app-pebble-check-recovered',
    'app-pebble-custom-notice',
    'app-pebble-custom-notice',
    'app-pebble-custom-notice',
  ]);
});
