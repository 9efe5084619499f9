import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { actionParams } from './action-params.ts';

const charm: MetaSource = {
  name: 'web',
  actions: {
    backup: {
      params: {
        name: { type: 'string' },
        level: { type: 'integer', default: 3, minimum: 1, exclusiveMinimum: true },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['name'],
      additionalProperties: false,
    },
    free: {},
  },
};

test('defaults are filled in', () => {
  assert.deepEqual(actionParams(charm, 'backup', { name: 'x' }), { name: 'x', level: 3 });
  assert.deepEqual(actionParams(charm, 'free', { any: 1 }), { any: 1 });
});

test('what the schema does not allow is refused, and named', () => {
  const refused = (params: object, message: RegExp) =>
    assert.throws(() => actionParams(charm, 'backup', { ...params }), message);
  refused({}, /cannot run "backup": .*"name"/);
  refused({ name: 1 }, /cannot run "backup": name: .*"string"/);
  refused({ name: 'x', level: 1 }, /level: /);
  refused({ name: 'x', tags: [1] }, /tags\/0: /);
  refused({ name: 'x', other: 1 }, /other/);
});
