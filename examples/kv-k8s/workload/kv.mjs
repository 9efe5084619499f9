// A key-value store: PUT and GET of /keys/<key>, GET of /keys for all. Kept in one file, replaced as a whole at each change.
// Runs in the workload container, with Node alone.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const MOST_BYTES = 64 * 1024;

const { KV_ADDRESS: address, KV_PORT: port, KV_FILE: file } = process.env;
const values = read();

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    (error) => response.writeHead(500).end(JSON.stringify(error.message)),
  );
});
server.on('error', (error) => {
  console.error(`kv cannot listen on ${address}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(Number(port), address, () => console.log(`kv listens on ${address}:${server.address().port}`));

function read() {
  try {
    return new Map(existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8'))) : []);
  } catch (error) {
    console.error(`kv cannot read ${file}: ${error.message}`);
    process.exit(1);
  }
}

async function answer(request) {
  const path = /^\/keys(?:\/(?<key>[^/]*))?$/.exec(request.url);
  if (path === null) return { status: 404, body: 'no such path' };
  if (request.method !== 'GET' && request.method !== 'PUT') return { status: 405, body: 'only GET and PUT' };
  const key = decoded(path.groups.key ?? '');
  if (key === undefined) return { status: 400, body: 'the key is not encoded as in a URL' };
  return request.method === 'PUT' ? await stored(key, request) : found(key);
}

function found(key) {
  if (key === '') return { status: 200, body: Object.fromEntries(values) };
  return values.has(key) ? { status: 200, body: values.get(key) } : { status: 404, body: 'no such key' };
}

async function stored(key, request) {
  if (key === '') return { status: 400, body: 'no key' };
  const value = await textOf(request);
  if (value === undefined) return { status: 413, body: `a value has at most ${MOST_BYTES} bytes` };
  save(new Map(values).set(key, value));
  values.set(key, value);
  return { status: 200, body: 'stored' };
}

// Values that could not be saved are not there.
function save(changed) {
  writeFileSync(`${file}.partial`, JSON.stringify(Object.fromEntries(changed)));
  renameSync(`${file}.partial`, file);
}

/** `undefined` when there is too much of it. */
async function textOf(request) {
  let text = '';
  let bytes = 0;
  const decoder = new TextDecoder();
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) text += decoder.decode(chunk, { stream: true });
  }
  return bytes <= MOST_BYTES ? text + decoder.decode() : undefined;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
