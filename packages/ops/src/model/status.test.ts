// Statuses: which matters most, and which a charm may set.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ActiveStatus,
  BlockedStatus,
  ErrorStatus,
  MaintenanceStatus,
  mostImportant,
  settableName,
  StatusBase,
  UnknownStatus,
  WaitingStatus,
} from './status.ts';

test('error goes before blocked, maintenance, waiting, active and unknown', () => {
  const ranked = [
    new ErrorStatus('e'),
    new BlockedStatus('b'),
    new MaintenanceStatus('m'),
    new WaitingStatus('w'),
    new ActiveStatus(),
    new UnknownStatus(),
  ];
  for (const [index, status] of ranked.entries()) {
    for (const lesser of ranked.slice(index + 1)) {
      assert.equal(mostImportant([lesser, status]), status);
      assert.equal(mostImportant([status, lesser]), status);
    }
  }
});

test('of equally important ones the first counts, of none none', () => {
  const [first, second] = [new WaitingStatus('first'), new WaitingStatus('second')];
  assert.equal(mostImportant([new ActiveStatus(), first, second]), first);
  assert.equal(mostImportant([]), undefined);
});

test('a status is made from its name', () => {
  const made = StatusBase.fromName('blocked', 'no disk');
  assert.ok(made instanceof BlockedStatus);
  assert.equal(made.message, 'no disk');
  for (const name of ['unknown', 'terminated', '', 'constructor']) {
    assert.ok(StatusBase.fromName(name, 'x') instanceof UnknownStatus, name);
  }
});

test('statuses are equal by name and message', () => {
  assert.ok(new ActiveStatus('a').equals(new ActiveStatus('a')));
  assert.equal(new ActiveStatus('a').equals(new ActiveStatus()), false);
  assert.equal(new WaitingStatus('a').equals(new BlockedStatus('a')), false);
  assert.ok(new UnknownStatus().equals(new UnknownStatus()));
});

test('what only Juju sets cannot be set', () => {
  for (const status of [new ErrorStatus('x'), new UnknownStatus()]) {
    assert.throws(() => settableName(status), { code: 'invalid-status' });
  }
  for (const status of [new ActiveStatus(), new BlockedStatus(''), new MaintenanceStatus(''), new WaitingStatus('')]) {
    settableName(status);
  }
});
