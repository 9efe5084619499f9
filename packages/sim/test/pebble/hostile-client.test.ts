// Clients that send garbage, stop in the middle or go away: a refusal each, nothing left behind, and Pebble goes on.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { unixHttpTransport } from '@charmed/ops/pebble';
import fc from 'fast-check';
import { type Embedded, withEmbedded } from './embedded.ts';

const endpoints = [
  '/v1/services',
  '/v1/layers',
  '/v1/files',
  '/v1/exec',
  '/v1/signals',
  '/v1/checks',
  '/v1/notices',
  '/v1/changes/1',
  '/v1/identities',
  '/v1/metrics',
  '/v1/logs',
  '/v1/health',
];
const boundary = 'b'.repeat(32);
const multipartType = `multipart/form-data; boundary=${boundary}`;

async function post(socketPath: string, path: string, body: string | Uint8Array, type = 'application/json') {
  const request = { method: 'POST', path, headers: { 'content-type': type }, body } as const;
  const response = await unixHttpTransport(socketPath).request(request);
  const text = Buffer.concat(await Array.fromAsync(response.body)).toString();
  return { status: response.status, text };
}

/** Whatever is refused, the reason is Pebble's own: not that something in it broke. */
function assertAnswer({ status, text }: { status: number; text: string }, sent: unknown): void {
  assert.ok(status < 600 && text.startsWith('{'), `${status} ${text} to ${String(sent)}`);
  assert.doesNotMatch(
    text,
    /TypeError|undefined|is not a function|Cannot read/,
    `${status} ${text} to ${String(sent)}`,
  );
}

const words =
  'action services web start add layer label format yaml combine files dirs paths path write remove make-dirs command ' +
  'timeout environment type key custom signal checks identities replace a 1s example.com/x repeat-after data user-id';
const word = fc.constantFrom(...words.split(' '));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, ''),
    word,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 6 }),
  ),
}));

test('JSON of any shape is answered', async () => {
  await withEmbedded(async ({ socketPath, client }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endpoints),
        fc.oneof(value, fc.dictionary(word, value)),
        async (path, body) => {
          assertAnswer(await post(socketPath, path, JSON.stringify(body)), JSON.stringify([path, body]));
        },
      ),
      { numRuns: 400 },
    );
    await client.getSystemInfo();
  });
});

test('text that is no JSON is answered', async () => {
  await withEmbedded(async ({ socketPath, client }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endpoints),
        fc.oneof(fc.string(), fc.constantFrom('{', '[]', '1')),
        async (path, body) => {
          assertAnswer(await post(socketPath, path, body), body);
        },
      ),
    );
    await client.getSystemInfo();
  });
});

test('queries of any shape are answered', async () => {
  const name = fc.constantFrom(
    'action',
    'path',
    'select',
    'for',
    'names',
    'level',
    'types',
    'keys',
    'users',
    'n',
    'format',
  );
  await withEmbedded(async ({ socketPath }) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...endpoints), fc.array(fc.tuple(name, fc.string())), async (path, query) => {
        const text = new URLSearchParams(query).toString();
        const response = await unixHttpTransport(socketPath).request({ method: 'GET', path: `${path}?${text}` });
        await Array.fromAsync(response.body);
        assert.notEqual(response.status, 500, `${path}?${text}`);
      }),
      { numRuns: 200 },
    );
  });
});

function pushed(path: string, content: string): Buffer {
  const request = JSON.stringify({ action: 'write', files: [{ path }] });
  return Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="request"\r\n\r\n${request}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${path}"\r\n\r\n${content}\r\n` +
      `--${boundary}--\r\n`,
  );
}

/** What is in the directory of a world, but for Pebble's own files. */
function filesIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => !name.startsWith('.') && name !== 'layers');
}

test('multipart with any byte changed is answered, and half-written files are gone', async () => {
  await withEmbedded(async ({ socketPath, directory, client }) => {
    const whole = pushed(join(directory, 'file'), 'content');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        assertAnswer(await post(socketPath, '/v1/files', changed, multipartType), changed);
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(
      filesIn(directory).filter((name) => name.endsWith('~')),
      [],
    );
    await client.push(join(directory, 'file'), 'new');
  });
});

test('multipart that ends early is refused, and writes nothing', async () => {
  await withEmbedded(async ({ socketPath, directory }) => {
    const whole = pushed(join(directory, 'file'), 'content');
    for (let length = 0; length < whole.length - 60; length += 7) {
      const answer = await post(socketPath, '/v1/files', whole.subarray(0, length), multipartType);
      assert.equal(answer.status, 400, `${length} bytes: ${answer.text}`);
    }
    assert.deepEqual(filesIn(directory), []);
  });
});

test('a client that goes away in the middle of a push leaves no file', async () => {
  await withEmbedded(async ({ socketPath, directory }) => {
    const socket = connect(socketPath);
    const body = pushed(join(directory, 'file'), 'x'.repeat(1 << 16)).subarray(0, 1 << 15);
    socket.write(
      `POST /v1/files HTTP/1.1\r\nHost: a\r\nContent-Type: ${multipartType}\r\nContent-Length: 999999\r\n\r\n`,
    );
    socket.write(body);
    while (filesIn(directory).length === 0) await macrotask();
    socket.destroy();
    while (filesIn(directory).length > 0) await macrotask();
  });
});

test('what is not HTTP is refused', async () => {
  await withEmbedded(async ({ socketPath, client }) => {
    for (const text of [
      '\0\0\0\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/9\r\n\r\n',
      `GET /${'x'.repeat(1 << 17)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(socketPath);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined).resume();
      socket.write(text);
      await closed;
    }
    await client.getSystemInfo();
  });
});

async function exec({ socketPath }: Embedded, command: readonly string[]): Promise<{ task: string; change: string }> {
  const { text } = await post(socketPath, '/v1/exec', JSON.stringify({ command }));
  const { change, result } = JSON.parse(text) as { change: string; result: { 'task-id': string } };
  return { task: result['task-id'], change };
}

test('a websocket that sends garbage harms its own command alone', async () => {
  await withEmbedded(async (world) => {
    const { task } = await exec(world, ['cat']);
    for (const name of ['stdio', 'control']) {
      const socket = await unixHttpTransport(world.socketPath).websocket(`/v1/tasks/${task}/websocket/${name}`);
      for (const text of [
        '',
        '{',
        '[]',
        'null',
        '{"command":"signal"}',
        '{"command":"signal","signal":{"name":"NO"}}',
      ]) {
        await socket.send(text);
      }
      if (name === 'control') socket.close();
    }
    await world.client.getSystemInfo();
  });
});
