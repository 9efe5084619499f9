// The guestbook: GET / shows the greeting and all entries, POST /entries adds one. The entries are in a key-value store.
// Runs in the workload container, with Node alone.

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const { GUESTBOOK_ADDRESS: address, GUESTBOOK_PORT: port, GUESTBOOK_GREETING: greeting, KV_URL: store } = process.env;

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body),
    (error) => response.writeHead(502).end(`the store does not answer: ${error.message}\n`),
  );
});
server.listen(Number(port), address, () => console.log(`guestbook listens on ${address}:${server.address().port}`));

async function answer(request) {
  if (request.method === 'POST' && request.url === '/entries') {
    const key = `entry-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
    const stored = await fetch(`${store}/keys/${key}`, { method: 'PUT', body: await text(request) });
    return { status: stored.status, body: 'thank you\n' };
  }
  if (request.method !== 'GET' || request.url !== '/') return { status: 404, body: 'no such page\n' };
  const entries = await (await fetch(`${store}/keys`)).json();
  return { status: 200, body: [greeting, ...Object.values(entries), ''].join('\n') };
}
