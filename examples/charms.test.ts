// The examples together.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus } from '@charmed/ops';
import { Model } from '@charmed/testing';
import { GuestbookCharm } from './guestbook-k8s/src/charm.ts';
import { KvCharm } from './kv-k8s/src/charm.ts';

test('both come together, and apart, in any order', async () => {
  const model = new Model();
  model.deploy(GuestbookCharm, { name: 'guestbook' });
  model.deploy(KvCharm, { name: 'kv' });
  model.integrate('guestbook', 'kv');
  await model.settle();
  assert.deepEqual(model.unit('guestbook/0').status, new ActiveStatus());
  model.config('guestbook', { greeting: 'Hello' });
  await model.explore({ order: 2 });
  model.remove('kv');
  await model.settle();
  assert.deepEqual(model.unit('guestbook/0').status, new BlockedStatus('needs a relation to a kv store'));
});
