import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addApplication,
  applyEffect,
  beginHook,
  commitHook,
  emptyModel,
  failHook,
  integrate,
  NO_CHANGES,
  settle,
  type ModelState,
} from '@charmed/sim/model';
import { sandboxStatus } from './full-status.ts';
import { statusTable } from './status-table.ts';

const NOW = new Date('2026-01-02T03:04:05Z');

test('an empty model is a line', () => {
  assert.equal(
    statusTable(sandboxStatus(model(), NOW)),
    `Model  Controller  Cloud/Region       Version  SLA          Timestamp
test   sandbox     sandbox/localhost  3.6.11   unsupported  03:04:05Z
`,
  );
});

test('units on Kubernetes have an address, and say what they do', () => {
  const state = applyEffect(
    webAndKv(),
    'web/0',
    { kind: 'unit-status', status: { status: 'active', message: 'ready', data: {} } },
    't',
  );
  const busy = beginHook(state, 'kv/0', { kind: 'config-changed' }, 't');
  assert.equal(
    statusTable(sandboxStatus(busy, NOW), { relations: true }),
    `Model  Controller  Cloud/Region       Version  SLA          Timestamp
test   sandbox     sandbox/localhost  3.6.11   unsupported  03:04:05Z

App  Version  Status   Scale  Charm  Channel  Rev  Address  Exposed  Message
kv            waiting      1  kv                0           no       installing agent
web           active     0/1  web               0           no       ready

Unit    Workload  Agent       Address     Ports  Message
kv/0*   waiting   executing   127.16.1.1         (config-changed) installing agent
web/0*  active    allocating  127.16.0.1         ready

Integration provider  Requirer  Interface  Type     Message
kv:db                 web:db    kv         regular
`,
  );
});

test('units on machines come with their machines, and a failed hook shows as an error', () => {
  const machine = settle(addApplication(model(), { name: 'tool', charm: { name: 'tool' }, units: 2 }, 't'));
  const failed = failHook(beginHook(machine, 'tool/1', { kind: 'install' }, 't'), 'tool/1', 't');
  assert.equal(
    statusTable(sandboxStatus(failed, NOW)),
    `Model  Controller  Cloud/Region       Version  SLA          Timestamp
test   sandbox     sandbox/localhost  3.6.11   unsupported  03:04:05Z

App   Version  Status  Scale  Charm  Channel  Rev  Exposed  Message
tool           error     1/2  tool              0  no       hook failed: "install"

Unit     Workload  Agent       Machine  Public address  Ports  Message
tool/0*  waiting   allocating  0        127.16.0.1             installing agent
tool/1   error     idle        1        127.16.0.2             hook failed: "install"

Machine  State    Address     Inst id    Base          AZ  Message
0        started  127.16.0.1  sandbox-0  ubuntu@24.04
1        started  127.16.0.2  sandbox-1  ubuntu@24.04
`,
  );
});

test('subordinates are shown under the units that they go with', () => {
  const logs = { logs: { interface: 'syslog', scope: 'container' } } as const;
  const both = [
    { name: 'web', provides: logs },
    { name: 'agent', subordinate: true, requires: logs },
  ].reduce(
    (state, charm) => addApplication(state, { name: charm.name, charm, units: charm.subordinate ? 1 : 2 }, 't'),
    model(),
  );
  const installed = ['web/0', 'web/1'].reduce(
    (state, unit) => {
      const event = { kind: 'install' } as const;
      return commitHook(beginHook(state, unit, event, 't'), { unit, event, base: state }, NO_CHANGES, 't');
    },
    settle(integrate(both, 'web:logs', 'agent:logs')),
  );
  const status = sandboxStatus(installed, NOW);
  const { agent, web } = status.applications;
  assert.deepEqual([agent?.['subordinate-to'], agent?.units], [['web'], {}]);
  assert.deepEqual(agent?.relations, {
    logs: [{ 'related-application': 'web', interface: 'syslog', scope: 'container' }],
  });
  assert.deepEqual(web?.units['web/1']?.subordinates, {
    'agent/1': {
      'workload-status': { current: 'waiting', message: 'installing agent', since: 't' },
      'juju-status': { current: 'allocating', since: 't', version: '3.6.11' },
      'public-address': '127.16.0.2',
    },
  });
  const [, apps, units, machines, integrations] = statusTable(status, { relations: true }).split('\n\n');
  assert.equal(
    `${apps}\n${units}`,
    `App    Version  Status       Scale  Charm  Channel  Rev  Exposed  Message
agent           waiting        0/2  agent             0  no       installing agent
web             maintenance      2  web               0  no       installing charm software
Unit        Workload     Agent       Machine  Public address  Ports  Message
web/0*      maintenance  idle        0        127.16.0.1             installing charm software
  agent/0*  waiting      allocating           127.16.0.1             installing agent
web/1       maintenance  idle        1        127.16.0.2             installing charm software
  agent/1   waiting      allocating           127.16.0.2             installing agent`,
  );
  assert.equal(machines?.split('\n').length, 3);
  assert.match(integrations ?? '', /^web:logs +agent:logs +syslog +subordinate/m);
});

test('integrations are shown when they are asked for, as in Juju', () => {
  assert.doesNotMatch(statusTable(sandboxStatus(webAndKv(), NOW)), /Integration/);
});

test('ports are shown in short, and of a version its first line, if need be the start of that', () => {
  const machine = settle(addApplication(model(), { name: 'tool', charm: { name: 'tool' } }, 't'));
  const { 'tool/0': unit } = machine.units;
  assert.ok(unit);
  const openedPorts = [80, 443].map((port) => ({ endpoint: '', protocol: 'tcp' as const, from: port, to: port }));
  const open = { ...machine, units: { 'tool/0': { ...unit, openedPorts } } };
  const version = '1.2.3-and-so-on-and-on\nbuilt today';
  const status = sandboxStatus(applyEffect(open, 'tool/0', { kind: 'workload-version', version }, 't'), NOW);
  const [, app = '', units = ''] = statusTable(status).split('\n\n');
  assert.match(app, /^tool {2}1\.2\.3-and-so\.\.\. {2}waiting /m);
  assert.match(units, /^tool\/0\* .* 127\.16\.0\.1 {6}80,443\/tcp {2}installing agent$/m);
});

function webAndKv(): ModelState {
  const containers = { app: {} };
  const web = addApplication(
    model(),
    { name: 'web', charm: { name: 'web', containers, requires: { db: { interface: 'kv' } } } },
    't',
  );
  const both = addApplication(
    web,
    { name: 'kv', charm: { name: 'kv', containers, provides: { db: { interface: 'kv' } } } },
    't',
  );
  return settle(integrate(both, 'web', 'kv'));
}

function model(): ModelState {
  return emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
}
