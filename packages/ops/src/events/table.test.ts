// Every dispatch path and the event that it means.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jujuContextFrom } from '../juju/context.ts';
import { charmMetaFrom } from '../meta/charm-meta.ts';
import type { EventHost } from './host.ts';
import { dispatchedEvent, eventKind } from './table.ts';

const meta = charmMetaFrom({
  name: 'web',
  requires: {
    db: { interface: 'sql' },
    'log-sink': { interface: 'loki' },
    'a-relation-created': { interface: 'x' },
    'a-relation': { interface: 'x' },
    relation: { interface: 'x' },
    install: { interface: 'x' },
    my_db: { interface: 'sql' },
  },
  peers: { 'db-pebble-ready': { interface: 'x' } },
  storage: { data: { type: 'filesystem' }, 'log-storage-attached': { type: 'block' } },
  containers: { web: null, 'web-side-car': null, 'db-relation-changed': null },
  actions: { backup: {}, 'get-admin-password': {}, install: {}, 'db-relation-created': {} },
});

function dispatched(path: string, environment: Record<string, string> = {}) {
  const found = dispatchedEvent(jujuContextFrom({ JUJU_DISPATCH_PATH: path, ...environment }), meta);
  return found && { emitter: found.event.emitter, kind: found.event.kind, type: found.event.type.name };
}

function deferrable(path: string): boolean | undefined {
  return dispatchedEvent(jujuContextFrom({ JUJU_DISPATCH_PATH: path }), meta)?.event.type.deferrable;
}

test('each dispatch path has its event, which may come again or not', () => {
  const expected: readonly (readonly [path: string, kind: string, type: string])[] = [
    ['hooks/install', 'install', 'InstallEvent'],
    ['hooks/start', 'start', 'StartEvent'],
    ['hooks/stop', 'stop', 'StopEvent'],
    ['hooks/remove', 'remove', 'RemoveEvent'],
    ['hooks/config-changed', 'config-changed', 'ConfigChangedEvent'],
    ['hooks/update-status', 'update-status', 'UpdateStatusEvent'],
    ['hooks/upgrade-charm', 'upgrade-charm', 'UpgradeCharmEvent'],
    ['hooks/leader-elected', 'leader-elected', 'LeaderElectedEvent'],
    ['hooks/leader-settings-changed', 'leader-settings-changed', 'LeaderSettingsChangedEvent'],
    ['hooks/pre-series-upgrade', 'pre-series-upgrade', 'PreSeriesUpgradeEvent'],
    ['hooks/post-series-upgrade', 'post-series-upgrade', 'PostSeriesUpgradeEvent'],
    ['hooks/collect-metrics', 'collect-metrics', 'CollectMetricsEvent'],
    ['hooks/db-relation-created', 'db-relation-created', 'RelationCreatedEvent'],
    ['hooks/db-relation-joined', 'db-relation-joined', 'RelationJoinedEvent'],
    ['hooks/db-relation-changed', 'db-relation-changed', 'RelationChangedEvent'],
    ['hooks/db-relation-departed', 'db-relation-departed', 'RelationDepartedEvent'],
    ['hooks/db-relation-broken', 'db-relation-broken', 'RelationBrokenEvent'],
    ['hooks/log-sink-relation-changed', 'log-sink-relation-changed', 'RelationChangedEvent'],
    ['hooks/my_db-relation-changed', 'my_db-relation-changed', 'RelationChangedEvent'],
    ['hooks/a-relation-created-relation-created', 'a-relation-created-relation-created', 'RelationCreatedEvent'],
    ['hooks/a-relation-created-relation-broken', 'a-relation-created-relation-broken', 'RelationBrokenEvent'],
    ['hooks/a-relation-relation-created', 'a-relation-relation-created', 'RelationCreatedEvent'],
    ['hooks/relation-relation-joined', 'relation-relation-joined', 'RelationJoinedEvent'],
    ['hooks/install-relation-joined', 'install-relation-joined', 'RelationJoinedEvent'],
    ['hooks/db-pebble-ready-relation-changed', 'db-pebble-ready-relation-changed', 'RelationChangedEvent'],
    ['hooks/data-storage-attached', 'data-storage-attached', 'StorageAttachedEvent'],
    ['hooks/data-storage-detaching', 'data-storage-detaching', 'StorageDetachingEvent'],
    ['hooks/log-storage-attached-storage-detaching', 'log-storage-attached-storage-detaching', 'StorageDetachingEvent'],
    ['hooks/secret-changed', 'secret-changed', 'SecretChangedEvent'],
    ['hooks/secret-rotate', 'secret-rotate', 'SecretRotateEvent'],
    ['hooks/secret-remove', 'secret-remove', 'SecretRemoveEvent'],
    ['hooks/secret-expired', 'secret-expired', 'SecretExpiredEvent'],
    ['hooks/web-pebble-ready', 'web-pebble-ready', 'PebbleReadyEvent'],
    ['hooks/web-side-car-pebble-ready', 'web-side-car-pebble-ready', 'PebbleReadyEvent'],
    ['hooks/web-pebble-custom-notice', 'web-pebble-custom-notice', 'PebbleCustomNoticeEvent'],
    ['hooks/web-pebble-check-failed', 'web-pebble-check-failed', 'PebbleCheckFailedEvent'],
    ['hooks/web-pebble-check-recovered', 'web-pebble-check-recovered', 'PebbleCheckRecoveredEvent'],
    ['hooks/db-relation-changed-pebble-ready', 'db-relation-changed-pebble-ready', 'PebbleReadyEvent'],
    ['actions/backup', 'backup-action', 'ActionEvent'],
    ['actions/get-admin-password', 'get-admin-password-action', 'ActionEvent'],
    ['actions/install', 'install-action', 'ActionEvent'],
    ['actions/db-relation-created', 'db-relation-created-action', 'ActionEvent'],
  ];
  for (const [path, kind, type] of expected) {
    assert.deepEqual(dispatched(path), { emitter: 'charm/on', kind, type }, path);
  }
  const final = expected.filter(([path]) => !deferrable(path)).map(([, , type]) => type);
  assert.deepEqual(
    new Set(final),
    new Set(['StopEvent', 'RemoveEvent', 'SecretRotateEvent', 'SecretExpiredEvent', 'ActionEvent']),
  );
});

test('what the charm does not declare, or Juju never sends, is no event', () => {
  const unknown = [
    '',
    'install',
    'hooks/',
    'hooks/leader-deposed',
    'hooks/meter-status-changed',
    'hooks/hooks/install',
    'hooks/__proto__',
    'hooks/constructor',
    'hooks/cache-relation-created',
    'hooks/-relation-created',
    'hooks/a-relation-created',
    'hooks/db-relation-moved',
    'hooks/db-relation-created-extra',
    'hooks/sidecar-pebble-ready',
    'hooks/cache-storage-attached',
    'hooks/-storage-attached',
    'hooks/data-secret-changed',
    'hooks/collect-unit-status',
    'hooks/backup-action',
    'actions/restore',
    'actions/',
    'actions/config-changed',
  ];
  for (const path of unknown) assert.equal(dispatched(path), undefined, path);
});

test('the name of an event follows the path, known or not', () => {
  assert.equal(eventKind('hooks/collect-metrics'), 'collect-metrics');
  assert.equal(eventKind('actions/restore'), 'restore-action');
  assert.equal(eventKind(''), '');
});

function snapshotOf(path: string, environment: Record<string, string>) {
  const found = dispatchedEvent(jujuContextFrom({ JUJU_DISPATCH_PATH: path, ...environment }), meta);
  return found?.snapshot({} as EventHost); // these need nothing of it
}

test('a snapshot holds what the environment says, under the keys of ops', () => {
  const relation = { JUJU_RELATION: 'db', JUJU_RELATION_ID: 'db:7', JUJU_REMOTE_APP: 'sql' };
  assert.deepEqual(snapshotOf('hooks/db-relation-created', relation), {
    relation_name: 'db',
    relation_id: 7,
    app_name: 'sql',
  });
  assert.deepEqual(
    snapshotOf('hooks/db-relation-departed', { ...relation, JUJU_REMOTE_UNIT: 'sql/1', JUJU_DEPARTING_UNIT: 'web/0' }),
    { relation_name: 'db', relation_id: 7, app_name: 'sql', unit_name: 'sql/1', departing_unit: 'web/0' },
  );
  assert.deepEqual(snapshotOf('hooks/web-pebble-ready', { JUJU_WORKLOAD_NAME: 'web' }), { container_name: 'web' });
  const notice = { JUJU_NOTICE_ID: '7', JUJU_NOTICE_TYPE: 'custom', JUJU_NOTICE_KEY: 'example.com/done' };
  assert.deepEqual(snapshotOf('hooks/web-pebble-custom-notice', { JUJU_WORKLOAD_NAME: 'web', ...notice }), {
    container_name: 'web',
    notice_id: '7',
    notice_type: 'custom',
    notice_key: 'example.com/done',
  });
  const check = { JUJU_WORKLOAD_NAME: 'web', JUJU_PEBBLE_CHECK_NAME: 'up' };
  assert.deepEqual(snapshotOf('hooks/web-pebble-check-failed', check), { container_name: 'web', check_name: 'up' });
  assert.deepEqual(snapshotOf('actions/backup', { JUJU_ACTION_UUID: '4' }), { id: '4' });
  const secret = { JUJU_SECRET_ID: 'secret:x', JUJU_SECRET_LABEL: 'db', JUJU_SECRET_REVISION: '3' };
  assert.deepEqual(snapshotOf('hooks/secret-remove', secret), { id: 'secret:x', label: 'db', revision: 3 });
  assert.deepEqual(snapshotOf('hooks/secret-changed', { JUJU_SECRET_ID: 'secret:x' }), { id: 'secret:x' });
  assert.deepEqual(snapshotOf('hooks/config-changed', relation), {});
});

test('what Juju sets and whoever runs dispatch by hand has forgotten is named', () => {
  const complete = {
    JUJU_RELATION: 'db',
    JUJU_RELATION_ID: 'db:7',
    JUJU_REMOTE_UNIT: 'sql/1',
    JUJU_SECRET_ID: 'secret:x',
    JUJU_SECRET_REVISION: '3',
    JUJU_WORKLOAD_NAME: 'web',
    JUJU_NOTICE_ID: '7',
    JUJU_NOTICE_TYPE: 'custom',
    JUJU_NOTICE_KEY: 'example.com/done',
    JUJU_PEBBLE_CHECK_NAME: 'up',
  };
  const needed: Readonly<Record<string, readonly string[]>> = {
    'hooks/db-relation-created': ['JUJU_RELATION', 'JUJU_RELATION_ID'],
    'hooks/db-relation-joined': ['JUJU_RELATION', 'JUJU_RELATION_ID', 'JUJU_REMOTE_UNIT'],
    'hooks/db-relation-changed': ['JUJU_RELATION', 'JUJU_RELATION_ID'],
    'hooks/db-relation-departed': ['JUJU_RELATION', 'JUJU_RELATION_ID', 'JUJU_REMOTE_UNIT'],
    'hooks/db-relation-broken': ['JUJU_RELATION', 'JUJU_RELATION_ID'],
    'hooks/secret-changed': ['JUJU_SECRET_ID'],
    'hooks/secret-rotate': ['JUJU_SECRET_ID'],
    'hooks/secret-remove': ['JUJU_SECRET_ID', 'JUJU_SECRET_REVISION'],
    'hooks/secret-expired': ['JUJU_SECRET_ID', 'JUJU_SECRET_REVISION'],
    'hooks/web-pebble-ready': ['JUJU_WORKLOAD_NAME'],
    'hooks/web-pebble-custom-notice': ['JUJU_WORKLOAD_NAME', 'JUJU_NOTICE_ID', 'JUJU_NOTICE_TYPE', 'JUJU_NOTICE_KEY'],
    'hooks/web-pebble-check-failed': ['JUJU_WORKLOAD_NAME', 'JUJU_PEBBLE_CHECK_NAME'],
    'hooks/web-pebble-check-recovered': ['JUJU_WORKLOAD_NAME', 'JUJU_PEBBLE_CHECK_NAME'],
  };
  for (const [path, variables] of Object.entries(needed)) {
    assert.doesNotThrow(() => snapshotOf(path, complete));
    const refused = { code: 'incomplete-environment', message: new RegExp(`: ${variables.join(', ')} not set\\.`) };
    assert.throws(() => snapshotOf(path, {}), refused, path);
    for (const variable of variables) {
      const refusedAlone = { code: 'incomplete-environment', message: new RegExp(`: ${variable} not set\\.`) };
      assert.throws(() => snapshotOf(path, { ...complete, [variable]: '' }), refusedAlone, `${path} ${variable}`);
    }
  }
  assert.throws(() => snapshotOf('hooks/data-storage-attached', {}), { message: /: JUJU_STORAGE_ID not set/ });
});
