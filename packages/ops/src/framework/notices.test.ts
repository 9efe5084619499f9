// The queue of deferred events.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Notices } from './notices.ts';
import type { Notice } from './store.ts';

const notice = (sequence: number, snapshot: Notice['snapshot'] = {}): Notice => ({
  sequence,
  emitter: 'charm/on',
  kind: 'poked',
  observer: 'charm',
  handler: '#onPoked',
  snapshot,
  missed: 0,
});

test('the queue keeps its order and each notice once', () => {
  const notices = new Notices([notice(4, { a: 1 }), notice(9, { a: 2 })]);
  notices.add(notice(10, { a: 3 }));
  notices.add(notice(11, { a: 1 }));
  assert.deepEqual(
    notices.all().map(({ snapshot }) => snapshot.a),
    [1, 2, 3],
  );
});

test('notices that differ in anything but their number are different', () => {
  const notices = new Notices([notice(1, { a: 1 })]);
  assert.ok(notices.has(notice(7, { a: 1 })));
  const base = notice(1, { a: 1 });
  const others: readonly Notice[] = [
    { ...base, emitter: 'charm/part/on' },
    { ...base, kind: 'prodded' },
    { ...base, observer: 'charm/part' },
    { ...base, handler: '#onProdded' },
    { ...base, snapshot: { a: '1' } },
  ];
  for (const other of others) assert.equal(notices.has(other), false);
});

test('numbers go on after the highest that waits', () => {
  assert.equal(new Notices([notice(7), notice(3, { a: 1 })]).nextSequence(), 8);
  assert.equal(new Notices([]).nextSequence(), 1);
});

test('a notice that comes and goes in one dispatch is no change, a count is', () => {
  const notices = new Notices([notice(1)]);
  notices.add(notice(2, { a: 2 }));
  notices.remove(notice(2, { a: 2 }));
  notices.heard(notice(1));
  assert.equal(notices.changed, false);
  notices.miss(notice(1));
  assert.equal(notices.changed, true);
  assert.deepEqual(notices.all(), [{ ...notice(1), missed: 1 }]);
});

test('only what changes the queue counts as a change', () => {
  const notices = new Notices([notice(1)]);
  notices.remove(notice(1, { a: 2 }));
  assert.equal(notices.changed, false);
  notices.remove(notice(1));
  assert.equal(notices.changed, true);
});

test('where duplicates are kept, equal events wait and go one by one', () => {
  const notices = new Notices([], true);
  notices.add(notice(1, { a: 1 }));
  assert.equal(notices.has(notice(2, { a: 1 })), false);
  notices.add(notice(2, { a: 1 }));
  notices.remove(notice(1, { a: 1 }));
  assert.deepEqual(notices.all(), [notice(2, { a: 1 })]);
});
