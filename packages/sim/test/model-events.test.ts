// The order in which units get their events, over whole lives of small models.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '@charmed/sim/juju';
import {
  addUnits,
  applyEffect,
  enqueueAction,
  integrate,
  refreshCharm,
  removeApplication,
  removeUnit,
  setConfig,
  settle,
  workloadEvent,
  type ModelState,
} from '@charmed/sim/model';
import { deploy, emptyTestModel, GUESTBOOK, KV, runHook, runUntilQuiet } from './model-driver.ts';

test('a unit without relations is installed, configured and started', () => {
  const { log } = runUntilQuiet(deploy(emptyTestModel(), 'kv', KV));
  assert.deepEqual(log, [
    'kv/0 install',
    'kv/0 peers-relation-created',
    'kv/0 leader-elected',
    'kv/0 config-changed',
    'kv/0 start',
  ]);
});

test('only the first unit is told that it leads, and its successor when it is gone', () => {
  const two = runUntilQuiet(addUnits(deploy(emptyTestModel(), 'web', GUESTBOOK), 'web', 1, 't'));
  assert.deepEqual(
    two.log.filter((line) => line.endsWith('leader-elected')),
    ['web/0 leader-elected'],
  );
  const { log, state } = runUntilQuiet(settle(removeUnit(two.state, 'web/0')));
  assert.deepEqual(log, ['web/0 stop', 'web/0 remove', 'web/1 leader-elected']);
  assert.equal(state.applications.web?.leader, 'web/1');
});

test('units that do not lead are told of leader settings, each time they change', () => {
  const two = runUntilQuiet(addUnits(deploy(emptyTestModel(), 'web', GUESTBOOK), 'web', 1, 't'));
  const set = (state: ModelState, settings: Settings) =>
    applyEffect(state, 'web/0', { kind: 'leader-settings', settings }, 't');
  const told = runUntilQuiet(set(set(two.state, { a: '1' }), { a: '2' }));
  assert.deepEqual(told.log, ['web/1 leader-settings-changed']);
  const again = runUntilQuiet(addUnits(set(told.state, {}), 'web', 1, 't'));
  assert.deepEqual(
    again.log.filter((line) => !line.endsWith('relation-created')),
    [
      'web/1 leader-settings-changed',
      'web/2 install',
      'web/2 leader-settings-changed',
      'web/2 config-changed',
      'web/2 start',
    ],
  );
  // Who was told leads now, and has nothing more to hear of them.
  const { log } = runUntilQuiet(settle(removeUnit(again.state, 'web/0')));
  assert.deepEqual(log, ['web/0 stop', 'web/0 remove', 'web/1 leader-elected']);
});

test('related units are told of the relation, of each unit, and of its settings', () => {
  const deployed = deploy(deploy(emptyTestModel(), 'kv', KV), 'web', GUESTBOOK);
  const { log } = runUntilQuiet(settle(integrate(deployed, 'web', 'kv')));
  assert.deepEqual(
    log.filter((line) => line.startsWith('web/0')),
    [
      'web/0 install',
      'web/0 db-relation-created',
      'web/0 leader-elected',
      'web/0 config-changed',
      'web/0 start',
      'web/0 db-relation-joined kv/0',
      'web/0 db-relation-changed kv/0',
    ],
  );
});

test('settings reach the other side when the hook that set them has succeeded', () => {
  const { state } = runUntilQuiet(related());
  const set = { unitSettings: { 1: { host: 'a' } } };
  const committed = runHook({ ...settleConfig(state) }, 'kv/0', set);
  const { log } = runUntilQuiet(committed);
  assert.deepEqual(log, ['web/0 db-relation-changed kv/0']);
});

test("an application's settings reach the other side as a change without a unit", () => {
  const { state } = runUntilQuiet(related());
  const { log } = runUntilQuiet(runHook(settleConfig(state), 'kv/0', { applicationSettings: { 1: { tls: 'yes' } } }));
  assert.deepEqual(log, ['web/0 db-relation-changed kv']);
});

test("peers, the leader among them, are told of their application's settings", () => {
  const { state } = runUntilQuiet(addUnits(deploy(emptyTestModel(), 'kv', KV), 'kv', 1, 't'));
  const { log } = runUntilQuiet(runHook(settleConfig(state), 'kv/0', { applicationSettings: { 0: { token: 'x' } } }));
  assert.deepEqual(log, ['kv/0 peers-relation-changed kv', 'kv/1 config-changed', 'kv/1 peers-relation-changed kv']);
});

test('a unit that leaves departs from each remote unit, breaks, stops and is removed, and the others see it depart', () => {
  const { state } = runUntilQuiet(related());
  const { log } = runUntilQuiet(settle(removeUnit(state, 'web/0')));
  assert.deepEqual(log.toSorted(), [
    'kv/0 db-relation-departed web/0 departing web/0',
    'web/0 db-relation-broken',
    'web/0 db-relation-departed kv/0 departing web/0',
    'web/0 remove',
    'web/0 stop',
  ]);
  assert.deepEqual(
    log.filter((line) => line.startsWith('web/0')),
    ['web/0 db-relation-departed kv/0 departing web/0', 'web/0 db-relation-broken', 'web/0 stop', 'web/0 remove'],
  );
});

test('an application goes with its relations and units', () => {
  const { state } = runUntilQuiet(related());
  const removed = runUntilQuiet(settle(removeApplication(state, 'kv')));
  assert.deepEqual(
    removed.log.filter((line) => line.startsWith('web/0')),
    ['web/0 db-relation-departed kv/0 departing kv/0', 'web/0 db-relation-broken'],
  );
  assert.deepEqual(Object.keys(removed.state.applications), ['web']);
  assert.deepEqual(removed.state.relations, {});
});

test('a unit that has not begun to install goes without a hook', () => {
  const { log, state } = runUntilQuiet(settle(removeUnit(deploy(emptyTestModel(), 'web', GUESTBOOK), 'web/0')));
  assert.deepEqual(log, []);
  assert.deepEqual(state.units, {});
});

test('a change of configuration is told once, and not when the values stay the same', () => {
  const { state } = runUntilQuiet(deploy(emptyTestModel(), 'web', GUESTBOOK));
  const changed = setConfig(setConfig(state, 'web', { port: '1' }), 'web', { port: '2' });
  assert.deepEqual(runUntilQuiet(changed).log, ['web/0 config-changed']);
  assert.deepEqual(runUntilQuiet(setConfig(state, 'web', { port: '8080' })).log, []);
});

test('a refresh is told, and config-changed after it', () => {
  const { state } = runUntilQuiet(deploy(emptyTestModel(), 'web', GUESTBOOK));
  assert.deepEqual(runUntilQuiet(refreshCharm(state, 'web', GUESTBOOK)).log, [
    'web/0 upgrade-charm',
    'web/0 config-changed',
  ]);
});

test('pebble-ready follows the container, after install', () => {
  const { state } = runUntilQuiet(deploy(emptyTestModel(), 'web', GUESTBOOK), { readyAfter: 'install' });
  assert.deepEqual(state.units['web/0']?.readyContainers, []);
});

test('what Pebble tells comes in order, also when a hook fails', () => {
  const { state } = runUntilQuiet(deploy(emptyTestModel(), 'web', GUESTBOOK));
  const about = { container: 'web', check: 'alive' };
  const down = workloadEvent(state, 'web/0', { kind: 'pebble-check-failed', ...about });
  const failed = runHook(workloadEvent(down, 'web/0', { kind: 'pebble-check-recovered', ...about }), 'web/0', 'fail');
  assert.equal(failed.units['web/0']?.workloadEvents?.length, 2);
  const retried = runHook(failed, 'web/0');
  const { log, state: after } = runUntilQuiet(retried);
  assert.deepEqual(log, ['web/0 pebble-check-recovered']);
  assert.deepEqual(after.units['web/0']?.workloadEvents, []);
});

test('an action runs between hooks, also while a failed hook waits', () => {
  const { state } = runUntilQuiet(deploy(emptyTestModel(), 'web', GUESTBOOK));
  const failed = runHook(setConfig(state, 'web', { port: '1' }), 'web/0', 'fail');
  assert.equal(failed.units['web/0']?.hook?.step, 'failed');
  const asked = enqueueAction(failed, 'web/0', 'backup', {}, 't').state;
  const { log, state: after } = runUntilQuiet(asked);
  assert.deepEqual(log, ['web/0 action backup']);
  assert.equal(after.tasks['2']?.status, 'completed');
  assert.equal(after.units['web/0']?.hook?.step, 'failed');
});

function related() {
  return settle(integrate(deploy(deploy(emptyTestModel(), 'kv', KV), 'web', GUESTBOOK), 'web', 'kv'));
}

// Any hook will do to make changes in: this one is config-changed.
function settleConfig(state: ReturnType<typeof related>) {
  return setConfig(state, 'kv', { port: '7000' });
}
