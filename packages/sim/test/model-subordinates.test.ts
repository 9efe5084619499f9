// Subordinates: units beside other units, over whole lives.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import {
  addApplication,
  addUnits,
  hookEnvironment,
  integrate,
  removeApplication,
  removeRelation,
  removeUnit,
  setConfig,
  settle,
  type ModelState,
} from '@charmed/sim/model';
import { begin, deploy, emptyTestModel, end, runHook, runUntilQuiet } from './model-driver.ts';
import { TestModel } from './test-model.ts';

const WEB: MetaSource = {
  name: 'web',
  provides: { logs: { interface: 'syslog', scope: 'container' } },
  config: { options: { port: { type: 'int', default: 80 } } },
};
const AGENT: MetaSource = {
  name: 'agent',
  subordinate: true,
  requires: { logs: { interface: 'syslog', scope: 'container' }, info: { interface: 'juju-info', scope: 'container' } },
  peers: { peers: { interface: 'agents' } },
};

test('a subordinate has no unit until it is integrated, and then one beside each unit', () => {
  const { state } = runUntilQuiet(addUnits(deployed(), 'web', 1, 't'));
  assert.deepEqual(Object.keys(state.units), ['web/0', 'web/1']);
  const { state: after, log } = runUntilQuiet(settle(integrate(state, 'web:logs', 'agent:logs')));
  assert.deepEqual(Object.keys(after.units), ['web/0', 'web/1', 'agent/0', 'agent/1']);
  assert.deepEqual(of('agent/0', log), [
    'agent/0 install',
    'agent/0 peers-relation-created',
    'agent/0 logs-relation-created',
    'agent/0 leader-elected',
    'agent/0 config-changed',
    'agent/0 start',
    'agent/0 logs-relation-joined web/0',
    'agent/0 logs-relation-changed web/0',
    'agent/0 peers-relation-joined agent/1',
    'agent/0 peers-relation-changed agent/1',
  ]);
  assert.deepEqual(of('web/1', log), [
    'web/1 logs-relation-created',
    'web/1 logs-relation-joined agent/1',
    'web/1 logs-relation-changed agent/1',
  ]);
  const third = runUntilQuiet(settle(addUnits(after, 'web', 1, 't'))).state;
  assert.equal(third.units['agent/2']?.principal, 'web/2');
});

test('it is on the machine of its principal, and its hooks say whose it is', () => {
  const { state } = runUntilQuiet(related());
  const { 'web/0': web, 'agent/0': agent } = state.units;
  assert.deepEqual([agent?.machine, agent?.address, state.model.nextMachine], [web?.machine, web?.address, 1]);
  const paths = { charmDir: '/c', toolsDir: '/t', socket: '/s', contextId: 'x' };
  const variable = (unit: string) => hookEnvironment(state, unit, { kind: 'start' }, paths).JUJU_PRINCIPAL_UNIT;
  assert.deepEqual([variable('agent/0'), variable('web/0')], ['web/0', '']);
});

test('each pair has the relation to itself', () => {
  const model = new TestModel();
  model.state = runUntilQuiet(addUnits(related(), 'web', 1, 't')).state;
  model.hook('web/1', 'relation-set -r 1 path=/one');
  const { log } = runUntilQuiet(model.state);
  assert.deepEqual(log, ['agent/1 logs-relation-changed web/1']);
  assert.deepEqual(model.hook('agent/1', 'relation-list -r logs:1', 'relation-get -r logs:1 path web/1'), [
    'web/1',
    '/one',
  ]);
  assert.equal(model.begin('agent/0').refused('relation-get -r logs:1 path web/1'), 'permission denied');
});

test('a principal that leaves is gone when its subordinate is', () => {
  const { state } = runUntilQuiet(related());
  const removed = settle(removeUnit(state, 'web/0'));
  assert.deepEqual([removed.units['web/0']?.life, removed.units['agent/0']?.life], ['dying', 'dying']);
  const { state: after, log } = runUntilQuiet(removed);
  assert.deepEqual(log, [
    'web/0 logs-relation-departed agent/0 departing web/0',
    'web/0 logs-relation-broken',
    'web/0 stop',
    'web/0 remove',
    'agent/0 logs-relation-departed web/0 departing agent/0',
    'agent/0 logs-relation-broken',
    'agent/0 stop',
    'agent/0 remove',
  ]);
  assert.deepEqual(after.units, {});
  assert.deepEqual(Object.keys(after.applications), ['web', 'agent']);
  let half = removed;
  for (let hooks = 0; hooks < 4; hooks += 1) half = runHook(half, 'web/0');
  assert.deepEqual(Object.keys(half.units), ['web/0', 'agent/0']);
  assert.equal(begin(half, 'web/0'), undefined);
});

test('a principal in error keeps its subordinate until it goes on', () => {
  const { state } = runUntilQuiet(related());
  const failed = runHook(setConfig(state, 'web', { port: '1' }), 'web/0', 'fail');
  const removed = settle(removeUnit(failed, 'web/0'));
  assert.equal(removed.units['agent/0']?.life, 'alive');
  assert.equal(runHook(removed, 'web/0').units['agent/0']?.life, 'dying');
});

test('a subordinate whose relation goes, goes too, and one that is integrated again is a new unit', () => {
  const { state } = runUntilQuiet(related());
  const parted = settle(removeRelation(state, 'web', 'agent'));
  assert.equal(parted.units['agent/0']?.life, 'dying');
  const broken = runHook(runHook(parted, 'web/0'), 'web/0');
  const { state: after, log } = runUntilQuiet(broken);
  assert.deepEqual(log, [
    'agent/0 logs-relation-departed web/0 departing agent/0',
    'agent/0 logs-relation-broken',
    'agent/0 stop',
    'agent/0 remove',
  ]);
  assert.deepEqual(Object.keys(after.units), ['web/0']);
  const again = runUntilQuiet(settle(integrate(after, 'web:logs', 'agent:logs'))).state;
  assert.deepEqual(Object.keys(again.units), ['web/0', 'agent/1']);
});

test('one relation is enough to hold a subordinate', () => {
  const { state } = runUntilQuiet(settle(integrate(related(), 'web:juju-info', 'agent:info')));
  assert.deepEqual(Object.keys(state.units), ['web/0', 'agent/0']);
  const { state: after } = runUntilQuiet(settle(removeRelation(state, 'web:logs', 'agent:logs')));
  assert.deepEqual(
    [after.units['agent/0']?.life, Object.keys(after.units['agent/0']?.relations ?? {})],
    ['alive', ['0', '2']],
  );
});

test('a principal enters the next relation only when the last subordinate is gone', () => {
  const ended = runUntilBroken(settle(removeRelation(runUntilQuiet(related()).state, 'web', 'agent')));
  const again = settle(integrate(ended, 'web:juju-info', 'agent:info'));
  assert.deepEqual(Object.keys(again.units['web/0']?.relations ?? {}), []);
  assert.deepEqual(Object.keys(runUntilQuiet(again).state.units), ['web/0', 'agent/1']);
});

test('juju-info is there for all applications, and gives its side no hooks', () => {
  const plain: MetaSource = { name: 'plain' };
  const { state } = runUntilQuiet(deploy(deploy(emptyTestModel(), 'plain', plain), 'agent', AGENT));
  const both = runUntilQuiet(settle(integrate(state, 'plain', 'agent')));
  assert.deepEqual(of('plain/0', both.log), []);
  assert.deepEqual(of('agent/0', both.log).slice(-2), [
    'agent/0 info-relation-joined plain/0',
    'agent/0 info-relation-changed plain/0',
  ]);
  const { state: after, log } = runUntilQuiet(settle(removeRelation(both.state, 'plain:juju-info', 'agent')));
  assert.deepEqual(log, [
    'agent/0 info-relation-departed plain/0 departing agent/0',
    'agent/0 info-relation-broken',
    'agent/0 stop',
    'agent/0 remove',
  ]);
  assert.deepEqual([Object.keys(after.units), Object.keys(after.relations)], [['plain/0'], ['0']]);
});

test('a principal with a juju-info relation goes too', () => {
  const { state } = runUntilQuiet(settle(integrate(deployed(), 'web:juju-info', 'agent')));
  const { state: after, log } = runUntilQuiet(settle(removeApplication(state, 'web')));
  assert.deepEqual(of('web/0', log), ['web/0 stop', 'web/0 remove']);
  assert.deepEqual([Object.keys(after.units), Object.keys(after.applications)], [[], ['agent']]);
});

test('endpoints of the metadata come before juju-info', () => {
  const relation = Object.values(integrate(deployed(), 'web', 'agent').relations).at(-1);
  assert.deepEqual(
    relation?.endpoints.map(({ name, scope }) => `${name} ${scope}`),
    ['logs container', 'logs container'],
  );
});

test('a subordinate that never began to install goes without a hook', () => {
  const { state } = runUntilQuiet(deployed());
  const created = settle(integrate(state, 'web:logs', 'agent:logs'));
  assert.deepEqual(Object.keys(created.units), ['web/0', 'agent/0']);
  const { log, state: after } = runUntilQuiet(settle(removeApplication(created, 'agent')));
  assert.deepEqual(log, []);
  assert.deepEqual([Object.keys(after.units), Object.keys(after.applications)], [['web/0'], ['web']]);
});

test('two subordinates of one unit see each other, and each its own principal alone', () => {
  const other: MetaSource = {
    name: 'other',
    subordinate: true,
    requires: {
      info: { interface: 'juju-info', scope: 'container' },
      agent: { interface: 'juju-info', scope: 'container' },
    },
  };
  let state = deploy(addUnits(related(), 'web', 1, 't'), 'other', other);
  state = settle(integrate(state, 'web:juju-info', 'other:info'));
  state = runUntilQuiet(state).state;
  const { log } = runUntilQuiet(settle(integrate(state, 'agent:juju-info', 'other:agent')));
  assert.deepEqual(log.toSorted(), [
    'other/0 agent-relation-changed agent/0',
    'other/0 agent-relation-created',
    'other/0 agent-relation-joined agent/0',
    'other/1 agent-relation-changed agent/1',
    'other/1 agent-relation-created',
    'other/1 agent-relation-joined agent/1',
  ]);
});

test('what subordinates do not take is refused', () => {
  const state = related();
  const pod: MetaSource = { name: 'pod', containers: { app: {} } };
  assert.throws(
    () => addUnits(state, 'agent', 1, 't'),
    /cannot add a unit to "agent": it is a subordinate; integrate it/,
  );
  const integrated = runUntilQuiet(state).state;
  assert.throws(
    () => removeUnit(integrated, 'agent/0'),
    /cannot remove agent\/0: it is a subordinate of web\/0; remove the/,
  );
  assert.throws(() => addApplication(state, { name: 'a', charm: AGENT, units: 2 }, 't'), /leave out their number/);
  const inPod = { ...AGENT, containers: { app: {} } };
  assert.throws(() => addApplication(state, { name: 'a', charm: inPod }, 't'), /subordinates are for machines/);
  assert.throws(() => integrate(deploy(state, 'pod', pod), 'pod', 'agent'), /pod has containers; subordinates are for/);
  const grown = deploy(state, 'grown', { ...AGENT, subordinate: false });
  assert.throws(
    () => integrate(grown, 'web:logs', 'grown:logs'),
    /of the scope "container", and neither application is a/,
  );
});

test('a hook that runs while its relation goes ends as it began', () => {
  const { state } = runUntilQuiet(deployed());
  let next = runHook(settle(integrate(state, 'web:logs', 'agent:logs')), 'agent/0');
  const begun = begin(next, 'agent/0');
  assert.ok(begun);
  next = settle(removeRelation(begun.state, 'web', 'agent'));
  assert.equal(next.units['agent/0']?.life, 'alive');
  assert.equal(end(next, begun.hook).units['agent/0']?.life, 'dying');
  assert.deepEqual(runUntilQuiet(end(next, begun.hook)).state.units['agent/0'], undefined);
});

function deployed(): ModelState {
  return deploy(deploy(emptyTestModel(), 'web', WEB), 'agent', AGENT);
}

function related(): ModelState {
  return settle(integrate(deployed(), 'web:logs', 'agent:logs'));
}

// Until the principal has broken all its relations; the subordinate has run nothing yet.
function runUntilBroken(state: ModelState): ModelState {
  let next = state;
  while (begin(next, 'web/0') !== undefined) next = runHook(next, 'web/0');
  return next;
}

function of(unit: string, log: readonly string[]): readonly string[] {
  return log.filter((line) => line.startsWith(`${unit} `));
}
