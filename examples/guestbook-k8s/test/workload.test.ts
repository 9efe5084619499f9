// The guestbook itself, against a store that behaves and one that does not.

import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { Program } from '../../program.ts';

class Store implements AsyncDisposable {
  readonly entries = new Map<string, string>();
  answer: RequestListener | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.answer) this.answer(request, response);
      else if (request.method !== 'PUT') response.end(JSON.stringify(Object.fromEntries(this.entries)));
      else void text(request).then((body) => response.end(this.entries.set(request.url ?? '', body) && '"stored"'));
    });
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    assert.ok(typeof address === 'object' && address !== null);
    return `http://127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const start = async (store: string, port = '0') =>
  await Program.start(new URL('../workload/guestbook.mjs', import.meta.url), {
    GUESTBOOK_ADDRESS: '127.0.0.1',
    GUESTBOOK_PORT: port,
    GUESTBOOK_GREETING: 'Welcome!',
    KV_URL: store,
  });

async function ask(book: Program, path: string, init?: RequestInit): Promise<readonly [number, string]> {
  const response = await fetch(`${book.url}${path}`, init);
  return [response.status, await response.text()];
}

const write = async (book: Program, body: string) => await ask(book, '/entries', { method: 'POST', body });

test('it shows what visitors have written, in that order', async () => {
  await using store = new Store();
  await using book = await start(await store.url());
  assert.deepEqual(await ask(book, '/'), [200, 'Welcome!\n']);
  for (const entry of ['first', 'Grüße', 'third']) {
    assert.deepEqual(await write(book, entry), [200, 'thank you\n']);
    await new Promise((resolve) => setTimeout(resolve, 2)); // entries of one millisecond have no order
  }
  assert.deepEqual(await ask(book, '/'), [200, 'Welcome!\nfirst\nGrüße\nthird\n']);
  assert.match([...store.entries.keys()].join(), /^(\/keys\/entry-\d{13}-\w+,?){3}$/);
});

test('what is asked wrongly is refused, and nothing is stored', async () => {
  await using store = new Store();
  await using book = await start(await store.url());
  assert.deepEqual(await write(book, ' \n'), [400, 'there is nothing in it\n']);
  assert.equal((await ask(book, '/other'))[0], 404);
  assert.equal((await ask(book, '/entries'))[0], 405);
  assert.equal((await ask(book, '/', { method: 'PUT', body: 'x' }))[0], 405);
  assert.equal(store.entries.size, 0);
});

test('a store that refuses, answers nonsense, or is gone is told, and the guestbook goes on', async () => {
  await using store = new Store();
  await using book = await start(await store.url());
  store.answer = (_, response) => response.writeHead(413).end();
  assert.deepEqual(await write(book, 'much'), [413, 'the store did not take it\n']);
  assert.deepEqual(await ask(book, '/'), [502, 'the store does not answer: it answered 413\n']);
  store.answer = (_, response) => response.end('nonsense');
  assert.equal((await ask(book, '/'))[0], 502);
  store.answer = (request) => request.socket.destroy();
  assert.equal((await write(book, 'lost'))[0], 502);
  store.answer = undefined;
  assert.deepEqual(await write(book, 'found'), [200, 'thank you\n']);
});

test('a port that is taken ends it with the reason', async () => {
  await using store = new Store();
  await using book = await start(await store.url());
  const { port } = new URL(book.url);
  await assert.rejects(start('', port), new RegExp(`guestbook cannot listen on 127.0.0.1:${port}: .*already in use`));
});
