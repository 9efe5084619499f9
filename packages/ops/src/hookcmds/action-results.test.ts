// The results of an action as Juju takes them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScriptedRunner } from '../../test/scripted-runner.ts';
import { actionSet } from './action.ts';
import { flatten } from './action-results.ts';

test('nested results are flattened under dotted keys', () => {
  const results = { size: 3, done: true, to: { host: 'a', 'disk.0': { path: '/x' } }, none: {} };
  assert.deepEqual(flatten(results), { size: '3', done: 'true', 'to.host': 'a', 'to.disk.0.path': '/x' });
});

test('keys that Juju refuses are refused, at any depth', () => {
  for (const key of [
    '',
    'A',
    '-a',
    'a-',
    '.a',
    'a.',
    'a b',
    'a_b',
    'a=b',
    'ä',
    'stdout',
    'stderr-encoding',
    'a.stderr',
  ]) {
    assert.throws(() => flatten({ [key]: 'x' }), { code: 'bad-action-result' }, key);
    assert.throws(() => flatten({ outer: { [key]: 'x' } }), { code: 'bad-action-result' }, key);
  }
  for (const key of ['a', '0', 'a-b', 'a.b', 'a--b', 'stdout2'])
    assert.deepEqual(flatten({ [key]: 'x' }), { [key]: 'x' });
});

test('one key cannot come twice', () => {
  assert.throws(() => flatten({ 'a.b': '1', a: { b: '2' } }), { code: 'bad-action-result', message: /a\.b/ });
});

test('results that no command line holds fail before anything runs', async () => {
  const runner = new ScriptedRunner();
  const largest = 'x'.repeat(131_071 - 'log='.length);
  await actionSet(runner, { log: largest });
  assert.equal(runner.calls.length, 1);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`log${index}`, largest.slice(1)]));
  for (const results of [{ log: `${largest}x` }, { log: 'é'.repeat(65_534) }, many]) {
    await assert.rejects(async () => actionSet(runner, results), { code: 'action-result-too-large' });
  }
  assert.equal(runner.calls.length, 1);
});
