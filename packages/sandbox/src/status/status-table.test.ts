import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addApplication,
  applyEffect,
  beginHook,
  emptyModel,
  failHook,
  integrate,
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
    statusTable(sandboxStatus(busy, NOW)),
    `Model  Controller  Cloud/Region       Version  SLA          Timestamp
test   sandbox     sandbox/localhost  3.6.11   unsupported  03:04:05Z

App  Version  Status   Scale  Charm  Channel  Rev  Exposed  Message
kv            waiting      1  kv                0  no       installing agent
web           active     0/1  web               0  no       ready

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
