// The store itself: its protocol, what it refuses, and that it keeps what it was given.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Program } from '../../program.ts';

const directory = mkdtempSync(join(tmpdir(), 'kv-test-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const start = async (name: string, port = '0') =>
  await Program.start(new URL('../workload/kv.mjs', import.meta.url), {
    KV_ADDRESS: '127.0.0.1',
    KV_PORT: port,
    KV_FILE: join(directory, name),
  });

async function put(store: Program, key: string, body: string): Promise<number> {
  return (await fetch(`${store.url}/keys/${key}`, { method: 'PUT', body })).status;
}

async function get(store: Program, path: string): Promise<readonly [status: number, body: unknown]> {
  const response = await fetch(`${store.url}${path}`);
  assert.equal(response.headers.get('content-type'), 'application/json');
  return [response.status, await response.json()];
}

test('what was put under a key is found there, whatever it is', async () => {
  await using store = await start('any.json');
  assert.deepEqual(await get(store, '/keys'), [200, {}]);
  const values = { plain: 'text', empty: '', __proto__x: 'a', ünïcode: 'Grüße\n"\\', 'a/b c?': 'x' };
  for (const [key, value] of Object.entries(values)) {
    assert.equal(await put(store, encodeURIComponent(key), value), 200);
    assert.deepEqual(await get(store, `/keys/${encodeURIComponent(key)}`), [200, value]);
  }
  assert.equal(await put(store, '__proto__', 'own'), 200);
  assert.deepEqual(await get(store, '/keys/__proto__'), [200, 'own']);
  const [, all] = await get(store, '/keys');
  assert.deepEqual(Object.keys(all as object).toSorted(), [...Object.keys(values), '__proto__'].toSorted());
  await put(store, 'plain', 'later');
  assert.deepEqual(await get(store, '/keys/plain'), [200, 'later']);
});

test('what is asked wrongly is refused, and changes nothing', async () => {
  await using store = await start('refused.json');
  await put(store, 'a', '1');
  assert.deepEqual(await get(store, '/keys/none'), [404, 'no such key']);
  assert.deepEqual(await get(store, '/'), [404, 'no such path']);
  assert.deepEqual(await get(store, '/keysa'), [404, 'no such path']);
  assert.deepEqual(await get(store, '/keys/a/b'), [404, 'no such path']);
  assert.deepEqual(await get(store, '/keys/%E0%A4%A'), [400, 'the key is not encoded as in a URL']);
  assert.equal(await put(store, '', 'x'), 400);
  assert.equal(await put(store, 'large', 'x'.repeat(64 * 1024 + 1)), 413);
  assert.equal(await put(store, 'fits', 'x'.repeat(64 * 1024)), 200);
  assert.equal((await fetch(`${store.url}/keys/a`, { method: 'DELETE' })).status, 405);
  const [, all] = await get(store, '/keys');
  assert.deepEqual(Object.keys(all as object), ['a', 'fits']);
});

test('two clients write at once, and nothing is lost', async () => {
  await using store = await start('both.json');
  const keys = ['first', 'second'].flatMap((client) => Array.from({ length: 50 }, (_, index) => `${client}-${index}`));
  assert.deepEqual(new Set(await Promise.all(keys.map((key) => put(store, key, key)))), new Set([200]));
  const expected = Object.fromEntries(keys.map((key) => [key, key]));
  assert.deepEqual(await get(store, '/keys'), [200, expected]);
  assert.deepEqual(JSON.parse(readFileSync(join(directory, 'both.json'), 'utf8')), expected);
});

test('what was stored survives a kill, and a client that goes away in the middle of a value stores nothing', async () => {
  const first = await start('kept.json');
  await put(first, 'kept', 'yes');
  const broken = request(`${first.url}/keys/broken`, { method: 'PUT', headers: { 'content-length': 100 } });
  broken.on('error', () => undefined);
  broken.write('half');
  broken.destroy();
  assert.deepEqual(await get(first, '/keys'), [200, { kept: 'yes' }]);
  await first.kill();
  await using second = await start('kept.json');
  assert.deepEqual(await get(second, '/keys'), [200, { kept: 'yes' }]);
});

test('a value that cannot be saved is not there', async () => {
  await using store = await start('gone/data.json');
  assert.equal(await put(store, 'a', '1'), 500);
  assert.deepEqual(await get(store, '/keys'), [200, {}]);
});

test('a port that is taken, and a file that is damaged, end it with the reason', async () => {
  await using store = await start('port.json');
  const { port } = new URL(store.url);
  await assert.rejects(start('port.json', port), new RegExp(`kv cannot listen on 127.0.0.1:${port}: .*already in use`));
  writeFileSync(join(directory, 'damaged.json'), '{"a":');
  await assert.rejects(start('damaged.json'), /kv cannot read .*damaged\.json: /);
});
