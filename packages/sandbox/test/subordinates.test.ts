// A subordinate of a real principal: deployed without a unit, beside it when they are integrated, gone with it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

const WEB: ShellCharm = {
  metadata: { name: 'web', provides: { logs: { interface: 'syslog', scope: 'container' } } },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/start) status-set active;;
      hooks/logs-relation-joined) relation-set path=/var/log/web;;
    esac`,
};
const AGENT: ShellCharm = {
  metadata: {
    name: 'agent',
    subordinate: true,
    requires: {
      logs: { interface: 'syslog', scope: 'container' },
      info: { interface: 'juju-info', scope: 'container' },
    },
  },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/start) status-set waiting;;
      hooks/logs-relation-changed) status-set active "$(relation-get path) of $JUJU_PRINCIPAL_UNIT on $(unit-get private-address)";;
    esac`,
};

test('a subordinate is deployed, integrated, and goes with its principal', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(WEB);
  await sandbox.deploy(AGENT);
  await sandbox.untilActive(); // of the subordinate there is nothing to wait for yet
  assert.deepEqual((await sandbox.status()).applications.agent?.units, {});
  await sandbox.call('integrate', { endpoints: ['web:logs', 'agent:logs'] });
  await sandbox.untilActive();
  const { 'web/0': web } = (await sandbox.status()).applications.web?.units ?? {};
  const status = web?.subordinates?.['agent/0']?.['workload-status'];
  assert.equal(status?.message, `/var/log/web of web/0 on ${web?.['public-address']}`);
  // Its last line comes after the change that it tells of.
  await until('all is told', async () => (await sandbox.ran('agent/0')).length >= 7);
  // That the other side has changed may come once more, if it was still writing when it was joined.
  const ran = (await sandbox.ran('agent/0')).filter((hook, index, all) => hook !== all[index - 1]);
  assert.deepEqual(ran, [
    'install',
    'logs-relation-created',
    'leader-elected',
    'config-changed',
    'start',
    'logs-relation-joined',
    'logs-relation-changed',
  ]);
  await assert.rejects(sandbox.call('remove-unit', { units: ['agent/0'] }), /it is a subordinate of web\/0/);
  await assert.rejects(
    sandbox.call('add-unit', { application: 'agent', count: 1 }),
    /it is a subordinate; integrate it/,
  );

  await sandbox.call('remove-unit', { units: ['web/0'] });
  await until('both are gone', async () => {
    const { applications, machines } = await sandbox.status();
    return [applications.web?.units, machines].every((each) => Object.keys(each ?? {}).length === 0);
  });
  await until('all is told', async () => (await sandbox.ran('agent/0')).includes('remove'));
  assert.deepEqual((await sandbox.ran('agent/0')).slice(-4), [
    'logs-relation-departed',
    'logs-relation-broken',
    'stop',
    'remove',
  ]);
});
