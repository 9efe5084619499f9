// What an action returns to the operator.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHandlerOf } from '../../test/in-handler.ts';
import type { ActionEvent } from '../events/action.ts';
import type { EventBase } from '../framework/event.ts';

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
