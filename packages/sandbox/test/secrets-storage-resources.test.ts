// Charms that keep secrets, have storage and resources, and ask for a reboot.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

const KEEPER: ShellCharm = {
  metadata: {
    name: 'keeper',
    storage: { data: { type: 'filesystem' }, disk: { type: 'block' } },
    provides: { db: { interface: 'kv' } },
  },
  actions: { change: {}, bad: {} },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/data-storage-attached) echo "$JUJU_STORAGE_ID" >"$JUJU_STORAGE_LOCATION/id";;
      hooks/disk-storage-attached) [ "$(storage-get kind)" = block ];;
      hooks/db-relation-created)
        id=$(secret-add key=one --expire 1s)
        secret-grant "$id" -r "$JUJU_RELATION_ID"
        relation-set --app "secret=$id";;
      hooks/secret-expired)
        secret-set "$JUJU_SECRET_ID" key=two
        status-set active "expired $JUJU_SECRET_REVISION";;
      hooks/secret-remove)
        secret-remove "$JUJU_SECRET_ID" --revision "$JUJU_SECRET_REVISION"
        status-set active "removed $JUJU_SECRET_REVISION";;
      actions/bad) storage-add nope;;
    esac`,
};

const READER: ShellCharm = {
  metadata: { name: 'reader', requires: { db: { interface: 'kv' } } },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/db-relation-changed)
        id=$(relation-get --app secret "$JUJU_REMOTE_APP")
        [ -z "$id" ] || status-set active "read $(secret-get "$id" key)";;
      hooks/secret-changed) status-set active "read $(secret-get "$JUJU_SECRET_ID" key --refresh)";;
    esac`,
};

test('a secret is read by who was granted it, expires, and is read anew', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(KEEPER);
  await sandbox.deploy(READER);
  await sandbox.call('integrate', { endpoints: ['keeper', 'reader'] });
  await sandbox.untilWorkload('keeper/0', 'active: removed 1');
  await sandbox.untilWorkload('reader/0', 'active: read two');
});

test('storage is there before install, survives the controller, and what is refused fails', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(KEEPER);
  await sandbox.untilStarted('keeper/0');
  const ran = await sandbox.ran('keeper/0');
  assert.deepEqual(ran.slice(0, 3), ['data-storage-attached', 'disk-storage-attached', 'install']);
  const storage = join(sandbox.directories.state, 'units', 'keeper-0', 'storage');
  assert.equal(statSync(join(storage, 'disk', '1')).size, 1024 ** 3);
  await sandbox.killController();
  await sandbox.startController();
  assert.equal(readFileSync(join(storage, 'data', '0', 'id'), 'utf8'), 'data/0\n');
  const { status, message, results } = await sandbox.call('run', { unit: 'keeper/0', action: 'bad', params: {} });
  assert.deepEqual([status, message], ['failed', 'committing requested changes failed']);
  assert.deepEqual(results, { 'return-code': 1, stderr: 'charm storage "nope" not found' });
});

test("what a container mounts is in the container's tree", async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy({
    metadata: {
      name: 'pod',
      containers: { app: { mounts: [{ storage: 'data', location: '/var/lib/app' }] } },
      storage: { data: { type: 'filesystem' } },
    },
    dispatch: `
      [ "$JUJU_DISPATCH_PATH" = hooks/data-storage-attached ] || exit 0
      status-set active "\${JUJU_STORAGE_LOCATION#*/pod-0/}"`,
  });
  await sandbox.untilWorkload('pod/0', 'active: containers/app/root/var/lib/app');
});

test('a hook whose changes are refused has failed, and the log says why', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(
    {
      metadata: { name: 'web' },
      dispatch: `
        [ "$JUJU_DISPATCH_PATH" = hooks/start ] || exit 0
        open-port 80
        secret-set secret:cvq0000000000000000g key=x`,
    },
    { retryDelayMs: 60_000 },
  );
  await sandbox.untilWorkload('web/0', 'error: hook failed: "start"');
  assert.equal((await sandbox.status()).applications.web?.units['web/0']?.['open-ports'], undefined);
  const lines: string[] = [];
  const params = { limit: 100, follow: false, units: ['web/0'] };
  await sandbox.call('log', params, { onEvent: ({ message }) => lines.push(message) });
  const reason = 'updating secrets: secret "cvq0000000000000000g" not found';
  assert.ok(lines.includes(`hook "start" (via hook dispatching script: dispatch) failed: ${reason}`), lines.join('\n'));
});

test('a charm that reboots at once is killed and runs its hook again, and start after it', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy({
    metadata: { name: 'web' },
    dispatch: `
      echo "\${JUJU_DISPATCH_PATH#hooks/}" >>ran
      case "$JUJU_DISPATCH_PATH" in
        hooks/config-changed) [ -e rebooted ] || { touch rebooted; juju-reboot --now; sleep 1000; };;
        hooks/start) [ -e asked ] || { touch asked; juju-reboot; exit 0; }; status-set active "$(tr '\\n' ' ' <ran)";;
      esac`,
  });
  const ran = 'install leader-elected config-changed config-changed start start';
  await until(
    'it has started again',
    async () => (await sandbox.workload('web/0')).trimEnd() === `active: ${ran}`,
    async () => await sandbox.workload('web/0'),
  );
});

test('a resource is the file that was given for it', async () => {
  await using sandbox = await TestSandbox.start();
  const charm: ShellCharm = {
    metadata: { name: 'web', resources: { software: { type: 'file', filename: 's.txt' } } },
    dispatch: `
      [ "$JUJU_DISPATCH_PATH" = hooks/start ] || exit 0
      status-set active "$(basename "$(resource-get software)")"`,
  };
  const given = (resources: Record<string, string>) => sandbox.deploy(charm, { resources });
  await assert.rejects(
    given({ other: import.meta.filename }),
    /as the resource "other": the charm has the resources software$/,
  );
  await assert.rejects(
    given({ software: `${import.meta.filename}.no` }),
    /as the resource "software": there is no such file$/,
  );
  await given({ software: import.meta.filename });
  await sandbox.untilWorkload('web/0', 'active: secrets-storage-resources.test.ts');
});
