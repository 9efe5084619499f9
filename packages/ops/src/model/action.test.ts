// What an action returns to the operator.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHandlerOf } from '../../test/in-handler.ts';
import type { ActionEvent } from '../events/action.ts';
import type { EventBase } from '../framework/event.ts';
import type { StandardSchema } from './standard-schema.ts';

const META = { name: 'web', actions: { backup: { params: { level: { type: 'integer' } } } } };

function inAction(work: (event: ActionEvent) => unknown, level = 3) {
  return inHandlerOf(
    (on) => on.action('backup'),
    (_charm, event: EventBase) => work(event as ActionEvent),
    {
      meta: META,
      environment: { JUJU_ACTION_NAME: 'backup', JUJU_ACTION_UUID: '7' },
      answers: { 'action-get': `{"level":${level}}` },
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

const levelSchema: StandardSchema<{ readonly level: number }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const { level } = value as { level: number };
      return level > 2 ? { value: { level } } : { issues: [{ message: 'too low', path: ['level'] }] };
    },
  },
};

test('parameters are loaded through a schema', async () => {
  await inAction(async (event) => assert.deepEqual(await event.loadParams(levelSchema), { level: 3 }));
  await assert.rejects(
    inAction(async (event) => event.loadParams(levelSchema), 1),
    { code: 'invalid-data', message: /action parameters: level: too low/ },
  );
});

test('parameters that do not fit can fail the action, which ends there', async () => {
  const { runner } = await inAction(async (event) => {
    await event.loadParams(levelSchema, { errors: 'fail' });
    await event.log('never');
  }, 1);
  assert.deepEqual(runner.lines, [
    'action-get --format=json',
    'action-fail -- Error in action parameters: level: too low',
  ]);
});
