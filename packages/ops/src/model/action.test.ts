// What an action returns to the operator.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBase } from '../framework/event.ts';
import type { ActionEvent } from '../events/action.ts';
import { inHandlerOf } from '../../test/in-handler.ts';
import { flatten } from './action.ts';

const META = { name: 'web', actions: { backup: { params: { level: { type: 'integer' } } } } };

function inAction(work: (event: ActionEvent) => unknown) {
  return inHandlerOf(
    (on) => on.action('backup'),
    (_charm, event: EventBase) => work(event as ActionEvent),
    {
      meta: META,
      environment: { JUJU_ACTION_NAME: 'backup', JUJU_ACTION_UUID: '7' },
      answers: { 'action-get': '{"level":3}' },
    },
  );
}

test('nested results are flattened under dotted keys', () => {
  const results = { size: 3, done: true, to: { host: 'a', 'disk.0': { path: '/x' } }, none: {} };
  assert.deepEqual(flatten(results), { size: '3', done: 'true', 'to.host': 'a', 'to.disk.0.path': '/x' });
});

test('keys that Juju refuses are refused, at any depth', () => {
  for (const key of ['', 'A', '-a', 'a-', '.a', 'a.', 'a b', 'a_b', 'a=b', 'ä']) {
    assert.throws(() => flatten({ [key]: 'x' }), { code: 'bad-action-result' }, key);
    assert.throws(() => flatten({ outer: { [key]: 'x' } }), { code: 'bad-action-result' }, key);
  }
  for (const key of ['a', '0', 'a-b', 'a.b', 'a--b']) assert.deepEqual(flatten({ [key]: 'x' }), { [key]: 'x' });
});

test('one key cannot come twice', () => {
  assert.throws(() => flatten({ 'a.b': '1', a: { b: '2' } }), { code: 'bad-action-result', message: /a\.b/ });
});

test('an action gets its parameters, and answers with results, messages and failure', async () => {
  const { runner } = await inAction(async (event) => {
    assert.equal(event.id, '7');
    assert.deepEqual(event.params, { level: 3 });
    await event.log('half way');
    await event.setResults({ file: { name: 'x', size: 3 } });
    await event.fail('disk full');
    await event.setResults({ more: 'y' });
  });
  assert.deepEqual(runner.lines, [
    'action-get --format=json',
    'action-log -- half way',
    'action-set file.name=x file.size=3',
    'action-fail -- disk full',
    'action-set more=y',
  ]);
});

test('an action cannot be deferred', async () => {
  await assert.rejects(
    inAction((event) => event.defer()),
    { code: 'not-deferrable' },
  );
});
