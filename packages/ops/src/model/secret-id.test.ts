// The three ways to write the id of a secret.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bareId, canonicalId } from './secret-id.ts';

const UUID = '8e7a1c1e-0000-4000-8000-000000000001';
const bare = fc.stringMatching(/^[0-9a-v]{20}$/);

test('a bare id gets its model, and one that says where it is keeps that', () => {
  assert.equal(canonicalId('cvq0', UUID), `secret://${UUID}/cvq0`);
  assert.equal(canonicalId('cvq0', ''), 'secret:cvq0');
  assert.equal(canonicalId(' secret:cvq0\n', UUID), 'secret:cvq0');
  assert.equal(canonicalId('secret://other/cvq0', UUID), 'secret://other/cvq0');
});

test('whichever way it is written, the secret is the same', () => {
  fc.assert(
    fc.property(bare, (id) => {
      for (const written of [id, `secret:${id}`, `secret://${UUID}/${id}`]) {
        assert.equal(bareId(canonicalId(written, UUID)), id);
        assert.equal(canonicalId(canonicalId(written, UUID), UUID), canonicalId(written, UUID));
      }
    }),
  );
});
