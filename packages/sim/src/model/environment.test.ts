import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jujuContextFrom, type MetaSource } from '@charmed/ops/internal';
import { addApplication } from './application.ts';
import { hookEnvironment } from './environment.ts';
import type { UnitEvent } from './event.ts';
import { settle } from './settle.ts';
import { emptyModel, type ModelState } from './state.ts';

const PATHS = { charmDir: '/u/web-0/charm', toolsDir: '/tools', socket: '/run/agent.socket', contextId: 'web/0-1' };

// As seen in a hook of a machine charm, variable by variable.
const ALWAYS = {
  no_proxy: '127.0.0.1,localhost,::1',
  NO_PROXY: '127.0.0.1,localhost,::1',
  CHARM_DIR: '/u/web-0/charm',
  JUJU_CHARM_DIR: '/u/web-0/charm',
  JUJU_CONTEXT_ID: 'web/0-1',
  JUJU_AGENT_SOCKET_ADDRESS: '/run/agent.socket',
  JUJU_AGENT_SOCKET_NETWORK: 'unix',
  JUJU_UNIT_NAME: 'web/0',
  JUJU_MODEL_UUID: '00000000-0000-4000-8000-000000000001',
  JUJU_MODEL_NAME: 'test',
  JUJU_API_ADDRESSES: '127.0.0.1:17070',
  JUJU_SLA: 'unsupported',
  JUJU_MACHINE_ID: '0',
  JUJU_PRINCIPAL_UNIT: '',
  JUJU_AVAILABILITY_ZONE: '',
  JUJU_VERSION: '3.6.11',
  CLOUD_API_VERSION: '',
  JUJU_CHARM_HTTP_PROXY: '',
  JUJU_CHARM_HTTPS_PROXY: '',
  JUJU_CHARM_FTP_PROXY: '',
  JUJU_CHARM_NO_PROXY: '127.0.0.1,localhost,::1',
  JUJU_METER_STATUS: 'AMBER',
  JUJU_METER_INFO: 'not set',
  APT_LISTCHANGES_FRONTEND: 'none',
  DEBIAN_FRONTEND: 'noninteractive',
  LANG: 'C.UTF-8',
  TERM: 'tmux-256color',
  PATH: '/tools:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin',
};

test('a hook has exactly the variables that Juju sets', () => {
  const environment = hookEnvironment(modelWithWeb(), 'web/0', { kind: 'config-changed' }, PATHS);
  assert.deepEqual(environment, {
    ...ALWAYS,
    JUJU_HOOK_NAME: 'config-changed',
    JUJU_DISPATCH_PATH: 'hooks/config-changed',
  });
});

test('relation hooks name the relation and the other side', () => {
  const about = { relationId: 7, endpoint: 'db', remoteApp: 'kv' };
  assert.deepEqual(own({ kind: 'relation-changed', ...about, remoteUnit: 'kv/1' }), {
    JUJU_HOOK_NAME: 'db-relation-changed',
    JUJU_DISPATCH_PATH: 'hooks/db-relation-changed',
    JUJU_RELATION: 'db',
    JUJU_RELATION_ID: 'db:7',
    JUJU_REMOTE_UNIT: 'kv/1',
    JUJU_REMOTE_APP: 'kv',
  });
  assert.equal(own({ kind: 'relation-broken', ...about }).JUJU_REMOTE_UNIT, '');
  const departed = own({ kind: 'relation-departed', ...about, remoteUnit: 'kv/1', departingUnit: 'web/0' });
  assert.equal(departed.JUJU_DEPARTING_UNIT, 'web/0');
});

test('pebble-ready names the container, an action its task', () => {
  assert.deepEqual(own({ kind: 'pebble-ready', container: 'app' }), {
    JUJU_HOOK_NAME: 'app-pebble-ready',
    JUJU_DISPATCH_PATH: 'hooks/app-pebble-ready',
    JUJU_WORKLOAD_NAME: 'app',
  });
  assert.deepEqual(own({ kind: 'action', task: '2', action: 'backup' }), {
    JUJU_HOOK_NAME: '',
    JUJU_DISPATCH_PATH: 'actions/backup',
    JUJU_ACTION_NAME: 'backup',
    JUJU_ACTION_UUID: '2',
    JUJU_ACTION_TAG: 'action-2',
  });
});

test('a notice is named by its id, type and key, a check by its name', () => {
  const notice = { id: '3', type: 'custom', key: 'example.com/a' };
  assert.deepEqual(own({ kind: 'pebble-custom-notice', container: 'app', notice }), {
    JUJU_HOOK_NAME: 'app-pebble-custom-notice',
    JUJU_DISPATCH_PATH: 'hooks/app-pebble-custom-notice',
    JUJU_WORKLOAD_NAME: 'app',
    JUJU_NOTICE_ID: '3',
    JUJU_NOTICE_TYPE: 'custom',
    JUJU_NOTICE_KEY: 'example.com/a',
  });
  assert.deepEqual(own({ kind: 'pebble-check-recovered', container: 'app', check: 'alive' }), {
    JUJU_HOOK_NAME: 'app-pebble-check-recovered',
    JUJU_DISPATCH_PATH: 'hooks/app-pebble-check-recovered',
    JUJU_WORKLOAD_NAME: 'app',
    JUJU_PEBBLE_CHECK_NAME: 'alive',
  });
});

test('on Kubernetes there is no machine, and the programs of the charm container come last', () => {
  const state = modelWithWeb({ app: {} });
  const environment = hookEnvironment(state, 'web/0', { kind: 'start' }, PATHS);
  const PATH = ALWAYS.PATH.replace('/snap/bin', '/charm/bin');
  const named = { JUJU_HOOK_NAME: 'start', JUJU_DISPATCH_PATH: 'hooks/start' };
  assert.deepEqual(environment, { ...ALWAYS, ...named, JUJU_MACHINE_ID: '', PATH });
});

test('a charm can read every variable that is about Juju', () => {
  const about = { relationId: 7, endpoint: 'db', remoteApp: 'kv', remoteUnit: 'kv/1' };
  const events: UnitEvent[] = [
    { kind: 'relation-departed', ...about, departingUnit: 'kv/1' },
    { kind: 'pebble-ready', container: 'app' },
    { kind: 'pebble-custom-notice', container: 'app', notice: { id: '3', type: 'custom', key: 'example.com/a' } },
    { kind: 'pebble-check-failed', container: 'app', check: 'alive' },
    { kind: 'action', task: '2', action: 'backup' },
  ];
  for (const event of events) {
    const environment = hookEnvironment(modelWithWeb(), 'web/0', event, PATHS);
    const unread = new Set(Object.keys(environment).filter((name) => name.startsWith('JUJU_')));
    jujuContextFrom(new Proxy(environment, { get: (target, name: string) => (unread.delete(name), target[name]) }));
    assert.deepEqual([...unread], []);
  }
});

function own(event: UnitEvent): Record<string, string> {
  const environment = hookEnvironment(modelWithWeb(), 'web/0', event, PATHS);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !(name in ALWAYS)));
}

function modelWithWeb(containers: NonNullable<MetaSource['containers']> = {}): ModelState {
  const empty = emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
  return settle(addApplication(empty, { name: 'web', charm: { name: 'web', containers } }, 't'));
}
