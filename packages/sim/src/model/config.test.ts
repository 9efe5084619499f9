import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { changedConfig, effectiveConfig } from './config.ts';
import { ModelCommandError } from './update.ts';

const charm: MetaSource = {
  name: 'web',
  config: {
    options: {
      name: { type: 'string', default: 'x' },
      port: { type: 'int', default: 80 },
      ratio: { type: 'float' },
      debug: { type: 'boolean', default: false },
      key: { type: 'secret' },
    },
  },
};
const web = { name: 'web', charm, config: {} };

test('options without a value and a default are absent', () => {
  assert.deepEqual(effectiveConfig(web), { name: 'x', port: 80, debug: false });
});

test('values are read as their option says', () => {
  const typed = changedConfig(web, { name: '1', port: '8080', ratio: '2', debug: 'True' });
  assert.deepEqual(typed, { name: '1', port: 8080, ratio: 2, debug: true });
  assert.deepEqual(changedConfig(web, { port: 1, ratio: 1.5, debug: true }), { port: 1, ratio: 1.5, debug: true });
});

test('null resets to the default', () => {
  assert.deepEqual(changedConfig({ ...web, config: { port: 1 } }, { port: null }), {});
});

test('what does not fit is refused with what would', () => {
  const refused = (change: Record<string, string | number>, message: RegExp) =>
    assert.throws(
      () => changedConfig(web, change),
      (error) => error instanceof ModelCommandError && message.test(error.message),
    );
  refused({ nope: '1' }, /^cannot set "nope" of web: its charm has the options name, port, ratio, debug, key$/);
  refused({ port: 'many' }, /^cannot set "port" of web: expected int, got "many"$/);
  refused({ port: 1.5 }, /expected int/);
  refused({ debug: 'perhaps' }, /expected boolean/);
  refused({ ratio: '' }, /expected float/);
  refused({ key: 'hunter2' }, /expected secret/);
});
