// What hooks ask of a model besides relations, secrets and storage.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import {
  addApplication,
  addUnits,
  integrate,
  rebootUnit,
  removeUnit,
  requeueHook,
  type Deployment,
} from '@charmed/sim/model';
import { TestModel } from './test-model.ts';

const WEB: MetaSource = { name: 'web', requires: { db: { interface: 'sql' } }, actions: { act: {} } };
const DB: MetaSource = { name: 'db', provides: { db: { interface: 'sql' } }, peers: { peers: { interface: 'p' } } };

function deployed(deployment: Partial<Deployment> = {}): TestModel {
  const made = new TestModel();
  made.change((state, at) => addApplication(state, { name: 'web', charm: WEB, ...deployment }, at));
  made.settle('web/0');
  return made;
}

test('only a trusted application gets the credential of the cloud', () => {
  assert.equal(
    deployed().begin('web/0').refused('credential-get'),
    'cannot access cloud credentials: permission denied',
  );
  assert.equal(deployed({ trusted: true }).begin('web/0').print('credential-get'), 'name: localhost\ntype: lxd');
});

test('a resource is a file that was given with the charm', () => {
  const hook = deployed({ resources: { image: '/srv/image.yaml' } }).begin('web/0');
  assert.equal(hook.print('resource-get image'), '/srv/image.yaml');
  assert.match(hook.refused('resource-get other'), /resource "other" not found/);
});

test('a charm is told of the reboot that it asked for by start, once it has started', () => {
  const made = deployed();
  made.hook('web/0', 'juju-reboot');
  assert.deepEqual(made.settle('web/0'), ['start']);

  const failing = made.begin('web/0');
  failing.print('juju-reboot');
  failing.fail();
  assert.equal(made.next('web/0'), undefined);
});

test('a reboot at once runs the hook again, and then start', () => {
  const made = deployed();
  const hook = made.begin('web/0', { kind: 'config-changed' });
  hook.run('juju-reboot --now');
  assert.equal(hook.reboots, true);
  made.change((state, at) => rebootUnit(requeueHook(state, 'web/0', at), 'web/0'));
  assert.deepEqual(made.settle('web/0'), ['config-changed', 'start']);
});

test('a pod is not rebooted', () => {
  const made = deployed({ charm: { ...WEB, containers: { web: {} } } });
  made.hook('web/0', 'juju-reboot');
  assert.deepEqual(made.settle('web/0'), []);
});

test('a range of ports must not overlap another one', () => {
  const made = deployed();
  made.hook('web/0', 'open-port 80-90');
  const hook = made.begin('web/0');
  assert.equal(
    hook.refused('open-port 85'),
    'cannot open 85/tcp (unit "web/0"): port range conflicts with 80-90/tcp (unit "web/0")',
  );
  assert.equal(hook.run('open-port 80-90').code, 0);
  assert.equal(hook.run('open-port 85/udp').code, 0);
  hook.print('open-port 100-110');
  assert.match(hook.refused('open-port 110-120'), /conflicts with 100-110\/tcp \(unit "web\/0"\) requested earlier$/);
});

test('goal-state says who is meant to be there, and who is leaving', () => {
  const made = deployed();
  made.change((state, at) => addUnits(state, 'web', 1, at));
  made.change((state, at) => addApplication(state, { name: 'db', charm: DB }, at));
  made.change((state) => integrate(state, 'web', 'db'));
  const goals = (unit: string) => JSON.parse(made.begin(unit).print('goal-state --format json')) as GoalState;
  assert.deepEqual(withoutTimes(goals('web/0')), {
    units: { 'web/0': 'unknown', 'web/1': 'waiting' },
    relations: { db: { db: 'joined', 'db/0': 'waiting' } },
  });
  made.change((state) => removeUnit(state, 'web/0'));
  assert.equal(withoutTimes(goals('db/0')).relations?.db?.['web/0'], 'dying');
});

type Goals = Readonly<Record<string, { readonly status: string }>>;
interface GoalState {
  readonly units: Goals;
  readonly relations: Readonly<Record<string, Goals>>;
}

function withoutTimes({ units, relations }: GoalState) {
  const statuses = (goals: Goals) =>
    Object.fromEntries(Object.entries(goals).map(([name, { status }]) => [name, status]));
  return {
    units: statuses(units),
    relations: Object.fromEntries(Object.entries(relations).map(([name, goals]) => [name, statuses(goals)])),
  };
}
