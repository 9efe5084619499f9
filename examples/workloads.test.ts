// The programs that run in the containers of the examples, as processes on loopback addresses.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

class Workload implements AsyncDisposable {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  /** @returns when it says that it listens. */
  static async start(program: string, env: Readonly<Record<string, string>>): Promise<Workload> {
    const child = spawn(process.execPath, [join(import.meta.dirname, program)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /listens on (\S+)/.exec(line)?.[1];
      if (address) return new Workload(child, `http://${address}`);
    }
    throw new Error(`${program} ended with ${child.exitCode}`);
  }

  async ask(path: string, init: RequestInit = {}): Promise<readonly [status: number, body: string]> {
    const response = await fetch(`${this.url}${path}`, { ...init, headers: { connection: 'close' } });
    return [response.status, await response.text()];
  }

  put(path: string, body: string): Promise<readonly [status: number, body: string]> {
    return this.ask(path, { method: 'PUT', body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

const startStore = (file: string) =>
  Workload.start('kv-k8s/workload/kv.mjs', { KV_ADDRESS: '127.0.0.1', KV_PORT: '0', KV_FILE: file });

const startGuestbook = (store: string) =>
  Workload.start('guestbook-k8s/workload/guestbook.mjs', {
    GUESTBOOK_ADDRESS: '127.0.0.1',
    GUESTBOOK_PORT: '0',
    GUESTBOOK_GREETING: 'Hi!',
    KV_URL: store,
  });

test('the store keeps what two clients put at once, any key, and has it after a kill', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-kv-'));
  const file = join(directory.path, 'kv.json');
  const keys = ['plain', 'with/slash', '__proto__', 'constructor', 'ü %'];
  {
    await using store = await startStore(file);
    assert.deepEqual(await store.ask('/keys'), [200, '{}']);
    const puts = keys.flatMap((key) =>
      [1, 2].map(() => store.put(`/keys/${encodeURIComponent(key)}`, `value of ${key}`)),
    );
    for (const answer of await Promise.all(puts)) assert.deepEqual(answer, [200, '"stored"']);
  }
  await using store = await startStore(file);
  for (const key of keys) {
    assert.deepEqual(await store.ask(`/keys/${encodeURIComponent(key)}`), [200, JSON.stringify(`value of ${key}`)]);
  }
  const all = JSON.parse((await store.ask('/keys'))[1]) as object;
  assert.deepEqual(Object.keys(all).toSorted(), keys.toSorted());
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), all);
});

test('the store refuses what it does not know, and goes on', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-kv-'));
  await using store = await startStore(join(directory.path, 'kv.json'));
  const asked = async (path: string, method = 'GET') => (await store.ask(path, { method }))[0];
  assert.equal(await asked('/keys/none'), 404);
  assert.equal(await asked('/other'), 404);
  assert.equal(await asked('/keys/%ff'), 400);
  assert.equal(await asked('/keys/plain', 'DELETE'), 405);
  assert.equal(await asked('/keys', 'PUT'), 405);
  assert.equal(await asked('/keys'), 200);
});

test('the guestbook shows its greeting and what visitors have written, in their order', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-guestbook-'));
  await using store = await startStore(join(directory.path, 'kv.json'));
  await using guestbook = await startGuestbook(store.url);
  assert.deepEqual(await guestbook.ask('/'), [200, 'Hi!\n']);
  for (const body of ['first', 'zweiter']) {
    assert.deepEqual(await guestbook.ask('/entries', { method: 'POST', body }), [200, 'thank you\n']);
  }
  assert.deepEqual(await guestbook.ask('/'), [200, 'Hi!\nfirst\nzweiter\n']);
  assert.equal((await guestbook.ask('/none'))[0], 404);
  assert.equal((await guestbook.ask('/', { method: 'POST' }))[0], 404);
});

test('the guestbook says that its store is gone, and goes on', async () => {
  await using guestbook = await startGuestbook('http://127.0.0.1:1');
  for (const _ of ['once', 'again']) {
    const [status, body] = await guestbook.ask('/');
    assert.deepEqual([status, body.startsWith('the store does not answer: ')], [502, true]);
  }
});
