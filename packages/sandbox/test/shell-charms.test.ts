// Charms that are shell scripts, run through whole lives in a sandbox.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

const KV: ShellCharm = {
  metadata: { name: 'kv', provides: { db: { interface: 'kv' }, logs: { interface: 'syslog' } } },
  config: { port: { type: 'int', default: 7000 } },
  actions: {
    backup: { params: { name: { type: 'string' }, level: { type: 'integer', default: 3 } }, required: ['name'] },
    fails: {},
  },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/start|hooks/config-changed) status-set active "port $(config-get port)";;
      hooks/db-relation-joined) relation-set "address=$(unit-get private-address):$(config-get port)";;
      actions/backup) action-log working; action-set "file=$(action-get name)-$(action-get level)" size.kb=1; echo said;;
      actions/fails) action-set partial=yes; action-fail "it broke";;
    esac`,
};

const WEB: ShellCharm = {
  metadata: { name: 'web', requires: { db: { interface: 'kv' }, alien: { interface: 'other' } } },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/start) status-set waiting "for db";;
      hooks/db-relation-changed) status-set active "uses $(relation-get address)";;
      hooks/db-relation-broken) status-set blocked "no db";;
    esac`,
};

test('two charms are deployed, related, configured, scaled and taken apart', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(KV, { config: { port: '7001' } });
  await sandbox.deploy(WEB);
  await sandbox.untilWorkload('web/0', 'waiting: for db');
  const { relation } = await sandbox.call('integrate', { endpoints: ['web', 'kv'] });
  assert.equal(relation, 'web:db kv:db');
  await sandbox.untilActive();
  const { applications } = await sandbox.status();
  const address = applications.kv?.units['kv/0']?.['public-address'];
  assert.match(address ?? '', /^127\./);
  assert.equal(await sandbox.workload('web/0'), `active: uses ${address}:7001`);

  assert.deepEqual((await sandbox.ran('web/0')).slice(0, 5), [
    'install',
    'leader-elected',
    'config-changed',
    'start',
    'db-relation-created',
  ]);

  await sandbox.call('set-config', { application: 'kv', change: { port: '7002' } });
  await sandbox.untilWorkload('kv/0', 'active: port 7002');
  const added = await sandbox.call('add-unit', { application: 'web', count: 1 });
  assert.deepEqual(added.units, ['web/1']);
  await sandbox.untilActive();

  await sandbox.call('remove-unit', { units: ['web/1'] });
  await sandbox.untilWorkload('web/1', 'gone');
  await sandbox.call('remove-application', { applications: ['kv'] });
  await sandbox.untilWorkload('web/0', 'blocked: no db');
  await until('kv is gone', async () => (await sandbox.status()).applications.kv === undefined);
});

test('what does not fit is refused, and the model stays as it is', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(KV);
  await sandbox.deploy(WEB);
  await sandbox.untilWorkload('web/0', 'waiting: for db');
  await sandbox.untilWorkload('kv/0', 'active: port 7000');
  for (const unit of ['web/0', 'kv/0']) await sandbox.untilStarted(unit);
  const before = await sandbox.status();
  const refused = async (attempt: Promise<unknown>, message: RegExp) => await assert.rejects(attempt, message);
  await refused(sandbox.deploy(KV), /cannot deploy "kv": the model has one/);
  await refused(sandbox.deploy({ ...KV, mode: 0o644 }, { name: 'other' }), /its dispatch is not executable/);
  await refused(sandbox.deploy(KV, { name: 'other', config: { port: 'many' } }), /expected int, got "many"/);
  await refused(
    sandbox.call('integrate', { endpoints: ['web:alien', 'kv:logs'] }),
    /interface "syslog", web:alien has interface "other"/,
  );
  await refused(sandbox.call('set-config', { application: 'kv', change: { nope: '1' } }), /cannot set "nope" of kv/);
  await refused(
    sandbox.call('add-unit', { application: 'nope', count: 1 }),
    /cannot find application "nope": the model has kv, web/,
  );
  await refused(sandbox.call('remove-unit', { units: ['kv/9'] }), /cannot find unit "kv\/9"/);
  await refused(sandbox.call('run', { unit: 'kv/0', action: 'nope', params: {} }), /the actions backup, fails/);
  await refused(
    sandbox.call('run', { unit: 'kv/0', action: 'backup', params: { name: 1 } }),
    /cannot run "backup": name: .*"string"/,
  );
  const after = await sandbox.status();
  assert.deepEqual(after.applications, before.applications);
});

test('an action delivers its results, with defaults and nested keys, whether it fails or not', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(KV);
  await sandbox.untilActive();
  const logged: string[] = [];
  const done = await sandbox.call(
    'run',
    { unit: 'kv/0', action: 'backup', params: { name: 'x' } },
    {
      onEvent: (event) => logged.push(event.kind === 'log' ? event.message : event.kind),
    },
  );
  assert.equal(done.status, 'completed');
  assert.deepEqual(done.results, { file: 'x-3', size: { kb: '1' }, 'return-code': 0, stdout: 'said\n' });
  assert.deepEqual(logged, ['queued', 'working']);
  const failed = await sandbox.call('run', { unit: 'kv/0', action: 'fails', params: {} });
  assert.deepEqual([failed.status, failed.message], ['failed', 'it broke']);
  assert.deepEqual(failed.results, { partial: 'yes', 'return-code': 0 });
  await sandbox.untilActive();
});
