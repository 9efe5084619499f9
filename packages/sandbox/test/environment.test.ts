// The environment of a dispatch, as the charm's own process has it: the variables that Juju sets, each with its value, and no other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from '../src/directories.ts';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

// What the kernel gave the script when it started, not what the shell has made of it.
const REPORTER: ShellCharm = {
  metadata: { name: 'reporter', provides: { up: { interface: 'n' } }, requires: { down: { interface: 'n' } } },
  actions: { report: {} },
  dispatch: 'cp /proc/$$/environ "environment-${JUJU_DISPATCH_PATH#*/}"; pwd > directory; cat > stdin; umask > umask',
};

test('a hook of a machine charm', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(REPORTER, { name: 'a' });
  await sandbox.untilStarted('a/0');
  const environment = environmentOf(sandbox, 'a/0', 'start');
  assert.match(environment.JUJU_CONTEXT_ID ?? '', /^a\/0-start-[0-9a-f]{16}$/);
  assert.match(environment.JUJU_MODEL_UUID ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.match(environment.JUJU_AGENT_SOCKET_ADDRESS ?? '', /^\/.*\/agent\.socket$/);
  const { JUJU_CONTEXT_ID, JUJU_MODEL_UUID, JUJU_AGENT_SOCKET_ADDRESS, ...others } = environment;
  assert.deepEqual(others, { ...always(sandbox, 'a/0'), ...hook('start'), JUJU_MACHINE_ID: '0' });
  assert.equal(written(sandbox, 'a/0', 'directory'), `${charmDir(sandbox, 'a/0')}\n`);
  assert.equal(written(sandbox, 'a/0', 'stdin'), '');
  assert.equal(written(sandbox, 'a/0', 'umask'), '0022\n');
});

test('what relation hooks, pebble-ready and actions have more than others', async () => {
  await using sandbox = await TestSandbox.start();
  const metadata = { ...REPORTER.metadata, containers: { app: {} } };
  await sandbox.deploy(REPORTER, { name: 'a' });
  await sandbox.deploy({ ...REPORTER, metadata }, { name: 'b' });
  await sandbox.call('integrate', { endpoints: ['a:up', 'b:down'] });
  await until('a has seen b', async () => (await sandbox.ran('a/0')).includes('up-relation-changed'));
  await until('the container is up', async () => (await sandbox.ran('b/0')).includes('app-pebble-ready'));
  await sandbox.call('run', { unit: 'b/0', action: 'report', params: {} });

  const relation = { JUJU_RELATION: 'up', JUJU_RELATION_ID: 'up:0', JUJU_REMOTE_APP: 'b' };
  assert.deepEqual(particular(sandbox, 'a/0', 'up-relation-created'), { ...relation, JUJU_REMOTE_UNIT: '' });
  assert.deepEqual(particular(sandbox, 'a/0', 'up-relation-changed'), { ...relation, JUJU_REMOTE_UNIT: 'b/0' });
  // Where Juju has /charm/containers, the sandbox has a directory for each unit.
  const { CHARMED_CONTAINERS_DIR, ...ready } = particular(sandbox, 'b/0', 'app-pebble-ready');
  assert.ok(CHARMED_CONTAINERS_DIR);
  assert.deepEqual(ready, { JUJU_WORKLOAD_NAME: 'app', JUJU_MACHINE_ID: '' });
  const { CHARMED_CONTAINERS_DIR: _, ...action } = particular(sandbox, 'b/0', 'report');
  assert.deepEqual(action, {
    JUJU_ACTION_NAME: 'report',
    JUJU_ACTION_UUID: '2',
    JUJU_ACTION_TAG: 'action-2',
    JUJU_HOOK_NAME: '',
    JUJU_DISPATCH_PATH: 'actions/report',
    JUJU_MACHINE_ID: '',
  });

  await sandbox.call('remove-relation', { endpoints: ['a:up', 'b:down'] });
  await until('the relation is broken', async () => (await sandbox.ran('a/0')).includes('up-relation-broken'));
  const departed = { ...relation, JUJU_REMOTE_UNIT: 'b/0', JUJU_DEPARTING_UNIT: 'b/0' };
  assert.deepEqual(particular(sandbox, 'a/0', 'up-relation-departed'), departed);
  assert.deepEqual(particular(sandbox, 'a/0', 'up-relation-broken'), { ...relation, JUJU_REMOTE_UNIT: '' });
});

/** What every hook has, but for what differs from run to run. */
function always(sandbox: TestSandbox, unit: string): Record<string, string> {
  const noProxy = '127.0.0.1,localhost,::1';
  return {
    no_proxy: noProxy,
    NO_PROXY: noProxy,
    CHARM_DIR: charmDir(sandbox, unit),
    JUJU_CHARM_DIR: charmDir(sandbox, unit),
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_UNIT_NAME: unit,
    JUJU_MODEL_NAME: 'test',
    JUJU_API_ADDRESSES: '127.0.0.1:17070',
    JUJU_SLA: 'unsupported',
    JUJU_PRINCIPAL_UNIT: '',
    JUJU_AVAILABILITY_ZONE: '',
    JUJU_VERSION: '3.6.11',
    CLOUD_API_VERSION: '',
    JUJU_CHARM_HTTP_PROXY: '',
    JUJU_CHARM_HTTPS_PROXY: '',
    JUJU_CHARM_FTP_PROXY: '',
    JUJU_CHARM_NO_PROXY: noProxy,
    JUJU_METER_STATUS: 'AMBER',
    JUJU_METER_INFO: 'not set',
    APT_LISTCHANGES_FRONTEND: 'none',
    DEBIAN_FRONTEND: 'noninteractive',
    LANG: 'C.UTF-8',
    TERM: 'tmux-256color',
    PATH: `${files.tools(sandbox.directories)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin`,
  };
}

function hook(name: string): Record<string, string> {
  return { JUJU_HOOK_NAME: name, JUJU_DISPATCH_PATH: `hooks/${name}` };
}

/** What this hook has and the start hook of the machine charm has not, or has otherwise, but for its name. */
function particular(sandbox: TestSandbox, unit: string, name: string): Record<string, string> {
  const usual = { ...environmentOf(sandbox, 'a/0', 'start'), ...always(sandbox, unit), ...hook(name) };
  const differing = new Set(['JUJU_CONTEXT_ID', 'JUJU_AGENT_SOCKET_ADDRESS', 'PATH']);
  return Object.fromEntries(
    Object.entries(environmentOf(sandbox, unit, name)).filter(
      ([key, value]) => !differing.has(key) && Reflect.get(usual, key) !== value,
    ),
  );
}

function environmentOf(sandbox: TestSandbox, unit: string, name: string): Record<string, string> {
  const entries = written(sandbox, unit, `environment-${name}`).split('\0').filter(Boolean);
  return Object.fromEntries(entries.map((entry) => [entry.replace(/=.*/s, ''), entry.replace(/^.*?=/s, '')]));
}

function written(sandbox: TestSandbox, unit: string, name: string): string {
  return readFileSync(join(charmDir(sandbox, unit), name), 'utf8');
}

function charmDir(sandbox: TestSandbox, unit: string): string {
  return join(files.unit(sandbox.directories, unit), 'charm');
}
