// From Juju's environment variables to the facts of a dispatch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jujuContextFrom } from './context.ts';

test('every variable that Juju sets arrives', () => {
  const { version, ...context } = jujuContextFrom({
    JUJU_ACTION_NAME: 'backup',
    JUJU_ACTION_TAG: 'action-2',
    JUJU_ACTION_UUID: '2',
    JUJU_AGENT_CA_CERT: '/var/lib/juju/ca.crt',
    JUJU_AGENT_SOCKET_ADDRESS: '@/var/lib/juju/agents/unit-web-0/agent.socket',
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_AGENT_TOKEN: 'token',
    JUJU_API_ADDRESSES: '10.1.2.3:17070 10.1.2.4:17070',
    JUJU_AVAILABILITY_ZONE: 'zone-1',
    JUJU_CHARM_DIR: '/var/lib/juju/agents/unit-web-0/charm',
    JUJU_CHARM_FTP_PROXY: 'ftp://proxy',
    JUJU_CHARM_HTTPS_PROXY: 'https://proxy',
    JUJU_CHARM_HTTP_PROXY: 'http://proxy',
    JUJU_CHARM_NO_PROXY: '127.0.0.1',
    CLOUD_API_VERSION: '1.30.0',
    JUJU_CONTEXT_ID: 'web/0-db-relation-departed-123',
    JUJU_DEBUG: '',
    JUJU_DEBUG_AT: 'hook, all',
    JUJU_DEPARTING_UNIT: 'db/1',
    JUJU_DISPATCH_PATH: 'hooks/db-relation-departed',
    JUJU_HOOK_NAME: 'db-relation-departed',
    JUJU_MACHINE_ID: '3',
    JUJU_METER_INFO: 'info',
    JUJU_METER_STATUS: 'GREEN',
    JUJU_MODEL_NAME: 'prod',
    JUJU_MODEL_UUID: '1c5a6a3c-7f0e-4a3c-8d59-33d0a1d3b3a1',
    JUJU_NOTICE_ID: '17',
    JUJU_NOTICE_KEY: 'example.com/done',
    JUJU_NOTICE_TYPE: 'custom',
    JUJU_PEBBLE_CHECK_NAME: 'up',
    JUJU_PRINCIPAL_UNIT: 'main/0',
    JUJU_RELATION: 'db',
    JUJU_RELATION_ID: 'db:7',
    JUJU_REMOTE_APP: 'db',
    JUJU_REMOTE_UNIT: 'db/1',
    JUJU_SECRET_ID: 'secret:9m4e2mr0ui3e8a215n4g',
    JUJU_SECRET_LABEL: 'password',
    JUJU_SECRET_REVISION: '4',
    JUJU_SLA: 'unsupported',
    JUJU_SPAN_ID: '00f067aa0ba902b7',
    JUJU_STORAGE_ID: 'data/0',
    JUJU_STORAGE_KIND: 'filesystem',
    JUJU_STORAGE_LOCATION: '/srv/data',
    JUJU_TARGET_BASE: 'ubuntu@24.04',
    JUJU_TARGET_SERIES: 'noble',
    JUJU_TRACE_FLAGS: '1',
    JUJU_TRACE_ID: '4bf92f3577b34da6a3ce929d0e0e4736',
    JUJU_UNIT_NAME: 'web/0',
    JUJU_VERSION: '3.6.14',
    JUJU_WORKLOAD_NAME: 'web',
  });
  assert.equal(version.toString(), '3.6.14');
  assert.deepEqual(context, {
    actionName: 'backup',
    actionTag: 'action-2',
    actionUuid: '2',
    agentCaCert: '/var/lib/juju/ca.crt',
    agentSocketAddress: '@/var/lib/juju/agents/unit-web-0/agent.socket',
    agentSocketNetwork: 'unix',
    agentToken: 'token',
    apiAddresses: ['10.1.2.3:17070', '10.1.2.4:17070'],
    availabilityZone: 'zone-1',
    charmDir: '/var/lib/juju/agents/unit-web-0/charm',
    cloudApiVersion: '1.30.0',
    contextId: 'web/0-db-relation-departed-123',
    debug: true,
    debugAt: new Set(['hook', 'all']),
    departingUnit: 'db/1',
    dispatchPath: 'hooks/db-relation-departed',
    ftpProxy: 'ftp://proxy',
    hookName: 'db-relation-departed',
    httpProxy: 'http://proxy',
    httpsProxy: 'https://proxy',
    machineId: '3',
    meterInfo: 'info',
    meterStatus: 'GREEN',
    modelName: 'prod',
    modelUuid: '1c5a6a3c-7f0e-4a3c-8d59-33d0a1d3b3a1',
    noProxy: '127.0.0.1',
    noticeId: '17',
    noticeKey: 'example.com/done',
    noticeType: 'custom',
    pebbleCheckName: 'up',
    principalUnit: 'main/0',
    relationId: 7,
    relationName: 'db',
    remoteApp: 'db',
    remoteUnit: 'db/1',
    secretId: 'secret:9m4e2mr0ui3e8a215n4g',
    secretLabel: 'password',
    secretRevision: 4,
    sla: 'unsupported',
    spanId: '00f067aa0ba902b7',
    storageId: 'data/0',
    storageKind: 'filesystem',
    storageLocation: '/srv/data',
    targetBase: 'ubuntu@24.04',
    targetSeries: 'noble',
    traceFlags: 1,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    unitName: 'web/0',
    workloadName: 'web',
  });
});

test('an empty environment is read leniently', () => {
  const context = jujuContextFrom({});
  assert.equal(context.dispatchPath, '');
  assert.equal(context.unitName, '');
  assert.equal(context.charmDir, '.');
  assert.equal(context.version.toString(), '0.0.0');
  assert.equal(context.hookName, undefined);
  assert.equal(context.relationId, undefined);
  assert.equal(context.debug, false);
  assert.deepEqual([...context.debugAt], []);
  assert.deepEqual(context.apiAddresses, []);
});

test('an empty variable counts as unset', () => {
  const context = jujuContextFrom({ JUJU_REMOTE_UNIT: '', JUJU_RELATION_ID: '', JUJU_HOOK_NAME: '', JUJU_VERSION: '' });
  assert.equal(context.remoteUnit, undefined);
  assert.equal(context.relationId, undefined);
  assert.equal(context.hookName, undefined);
  assert.equal(context.version.toString(), '0.0.0');
});

const idOf = (text: string) => jujuContextFrom({ JUJU_RELATION_ID: text }).relationId;

test('a relation id is the number after the colon, zero included', () => {
  assert.equal(idOf('db:0'), 0);
  assert.equal(idOf('a-b:12'), 12);
  assert.equal(idOf('db:x'), undefined);
});

test('the context cannot be changed', () => {
  assert.ok(Object.isFrozen(jujuContextFrom({})));
});
