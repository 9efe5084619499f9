// The examples together.

import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus } from '@charmed/ops';
import { Model } from '@charmed/testing';
import { GuestbookCharm } from './guestbook-k8s/src/charm.ts';
import { KvCharm } from './kv-k8s/src/charm.ts';
import { Program } from './program.ts';

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

test('the programs of both understand each other', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'examples-test-'));
  const start = async (path: string, environment: Readonly<Record<string, string>>) =>
    await Program.start(new URL(path, import.meta.url), environment);
  await using store = await start('./kv-k8s/workload/kv.mjs', {
    KV_ADDRESS: '127.0.0.1',
    KV_PORT: '0',
    KV_FILE: join(directory.path, 'data.json'),
  });
  await using book = await start('./guestbook-k8s/workload/guestbook.mjs', {
    GUESTBOOK_ADDRESS: '127.0.0.1',
    GUESTBOOK_PORT: '0',
    GUESTBOOK_GREETING: 'Welcome!',
    KV_URL: store.url,
  });
  const posted = await fetch(`${book.url}/entries`, { method: 'POST', body: 'Grüße' });
  assert.equal(posted.status, 200);
  assert.equal(await (await fetch(book.url)).text(), 'Welcome!\nGrüße\n');
});
