// The guestbook: GET / shows the greeting and all entries, POST /entries adds one. The entries are in a key-value store.
// Runs in the workload container, with Node alone.

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const STORE_MS = 5000;

const { GUESTBOOK_ADDRESS: address, GUESTBOOK_PORT: port, GUESTBOOK_GREETING: greeting, KV_URL: store } = process.env;

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body),
    (error) => response.writeHead(502).end(`the store does not answer: ${error.message}\n`),
  );
});
server.on('error', (error) => {
  console.error(`guestbook cannot listen on ${address}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(Number(port), address, () => console.log(`guestbook listens on ${address}:${server.address().port}`));

async function answer(request) {
  const asked = `${request.method} ${request.url}`;
  if (asked === 'GET /') return { status: 200, body: await page() };
  if (asked === 'POST /entries') return await added(await text(request));
  const isKnown = request.url === '/' || request.url === '/entries';
  return isKnown ? { status: 405, body: 'not like that\n' } : { status: 404, body: 'no such page\n' };
}

async function page() {
  const response = await askStore('/keys');
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  const entries = Object.entries(await response.json()).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [greeting, ...entries.map(([, entry]) => entry), ''].join('\n');
}

async function added(entry) {
  if (entry.trim() === '') return { status: 400, body: 'there is nothing in it\n' };
  const key = `entry-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  const { ok, status } = await askStore(`/keys/${key}`, { method: 'PUT', body: entry });
  return ok ? { status, body: 'thank you\n' } : { status, body: 'the store did not take it\n' };
}

async function askStore(path, options = {}) {
  return await fetch(`${store}${path}`, { ...options, signal: AbortSignal.timeout(STORE_MS) });
}
