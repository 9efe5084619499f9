// A key-value store: PUT and GET of /keys/<key>, GET of /keys for all. Kept in one file, replaced as a whole at each change.
// Runs in the workload container, with Node alone.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const { KV_ADDRESS: address, KV_PORT: port, KV_FILE: file } = process.env;
const values = new Map(existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8'))) : []);

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    (error) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(port), address, () => console.log(`kv listens on ${address}:${server.address().port}`));

async function answer(request) {
  const [, collection, encoded] = request.url.split('/');
  if (collection !== 'keys') return { status: 404, body: 'no such path' };
  const key = decoded(encoded ?? '');
  if (key === undefined) return { status: 400, body: 'the key is not encoded as in a URL' };
  if (request.method === 'GET' && key === '') return { status: 200, body: Object.fromEntries(values) };
  if (request.method === 'GET') {
    return values.has(key) ? { status: 200, body: values.get(key) } : { status: 404, body: 'no such key' };
  }
  if (request.method !== 'PUT' || key === '') return { status: 405, body: 'GET /keys, GET or PUT /keys/<key>' };
  values.set(key, await text(request));
  save();
  return { status: 200, body: 'stored' };
}

function decoded(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function save() {
  writeFileSync(`${file}.partial`, JSON.stringify(Object.fromEntries(values)));
  renameSync(`${file}.partial`, file);
}
