// Connections to Pebble: used again while they rest, given up when Pebble does, and never in anybody's way.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PebbleAPIError, PebbleClient, PebbleConnectionError, unixHttpTransport } from '@charmed/ops/pebble';
import { json } from './hostile-server.ts';
import { noMoreOpenThan, openFiles } from './open-files.ts';

const INFO = { type: 'sync', result: { version: '1', 'boot-id': 'b' } };

interface World {
  readonly client: PebbleClient;
  readonly socketPath: string;
  /** Connections that were made so far. */
  connections(): number;
}

async function withHttp(listener: RequestListener, body: (world: World) => Promise<void>): Promise<void> {
  const before = openFiles();
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-connections-'));
  const socketPath = join(directory.path, 'socket');
  let count = 0;
  const server = createServer(listener).on('connection', () => (count += 1));
  server.listen(socketPath);
  await once(server, 'listening');
  const transport = unixHttpTransport(socketPath);
  try {
    await body({ client: new PebbleClient(transport), socketPath, connections: () => count });
  } finally {
    await transport.close();
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  }
  await noMoreOpenThan(before);
}

const answers: RequestListener = (request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(INFO));
  });
};

test('requests in a row share a connection, requests at once have one each', async () => {
  await withHttp(answers, async ({ client, connections }) => {
    for (let count = 0; count < 5; count += 1) await client.getSystemInfo();
    assert.equal(connections(), 1);
    await Promise.all([client.getSystemInfo(), client.getSystemInfo(), client.getSystemInfo()]);
    assert.equal(connections(), 3);
    for (let count = 0; count < 5; count += 1) await client.getSystemInfo();
    assert.equal(connections(), 3);
  });
});

test('of many at once, few connections are kept', async () => {
  const before = openFiles();
  await withHttp(answers, async ({ client }) => {
    await Promise.all(Array.from({ length: 20 }, () => client.getSystemInfo()));
    // Four, each with two ends here, and the server's socket.
    await noMoreOpenThan(before + 9);
  });
});

test('a body that is streamed, which cannot be sent again, gets a connection of its own', async () => {
  await withHttp(answers, async ({ socketPath, connections }) => {
    const transport = unixHttpTransport(socketPath);
    const post = async (body: string | AsyncIterable<Uint8Array>) => {
      await Array.fromAsync((await transport.request({ method: 'POST', path: '/', body })).body);
    };
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('content');
    }
    await post('content');
    await post(content());
    assert.equal(connections(), 2);
    await post('content');
    assert.equal(connections(), 2);
    await transport.close();
  });
});

test('an answer that was not read to its end, or that says so, costs the connection', async () => {
  let isLast = false;
  const listener: RequestListener = (request, response) => {
    if (isLast) response.setHeader('connection', 'close');
    answers(request, response);
  };
  await withHttp(listener, async ({ client, socketPath, connections }) => {
    const transport = unixHttpTransport(socketPath);
    const { body } = await transport.request({ method: 'GET', path: '/' });
    await body[Symbol.asyncIterator]().return?.();
    await Array.fromAsync((await transport.request({ method: 'GET', path: '/' })).body);
    assert.equal(connections(), 2);
    await transport.close();
    isLast = true;
    await client.getSystemInfo();
    await client.getSystemInfo();
    assert.equal(connections(), 4);
  });
});

async function withSocket(onSocket: (socket: Socket) => void, body: (path: string) => Promise<void>): Promise<void> {
  const before = openFiles();
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-connections-'));
  const path = join(directory.path, 'socket');
  const server = createSocketServer(onSocket).listen(path);
  await once(server, 'listening');
  try {
    await body(path);
  } finally {
    await server[Symbol.asyncDispose]();
  }
  await noMoreOpenThan(before);
}

const staying = json(INFO).replace('Connection: close', 'Connection: keep-alive');

test('a connection that Pebble has closed meanwhile is not noticed by who calls', async () => {
  let requests = 0;
  const onSocket = (socket: Socket) => {
    socket.once('data', () => {
      requests += 1;
      // Closed with the answer: the next request, which comes as soon as that is read, meets a closed socket.
      socket.write(staying);
      socket.destroySoon();
    });
  };
  await withSocket(onSocket, async (path) => {
    const client = new PebbleClient(unixHttpTransport(path));
    for (let count = 0; count < 50; count += 1) {
      await client.getSystemInfo();
      await client.notify('custom', 'example.com/a').catch(() => undefined);
    }
  });
  assert.equal(requests, 100, 'each request came once');
});

test('a request that Pebble has got is never sent again', async () => {
  let requests = 0;
  const onSocket = (socket: Socket) => {
    let isFirst = true;
    socket.on('data', () => {
      requests += 1;
      if (isFirst) socket.write(staying);
      else socket.destroy();
      isFirst = false;
    });
  };
  await withSocket(onSocket, async (path) => {
    const client = new PebbleClient(unixHttpTransport(path));
    await client.getSystemInfo();
    await assert.rejects(async () => await client.notify('custom', 'example.com/a'), PebbleConnectionError);
  });
  assert.equal(requests, 2);
});

test('what nobody has asked for costs the connection, and is no answer to the next request', async () => {
  const onSocket = (socket: Socket) => {
    socket.on('error', () => undefined).once('data', () => socket.write(`${staying}${json({}, '500 Stray')}`));
  };
  await withSocket(onSocket, async (path) => {
    const client = new PebbleClient(unixHttpTransport(path));
    for (let count = 0; count < 3; count += 1) assert.equal((await client.getSystemInfo()).version, '1');
  });
});

test('an early refusal is heard also when Pebble has closed the connection by then', async () => {
  const refusal = json({ type: 'error', result: { message: 'too large' } }, '413 Too Large');
  const onSocket = (socket: Socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(refusal, () => socket.destroy()));
  };
  await withSocket(onSocket, async (path) => {
    const client = new PebbleClient(unixHttpTransport(path));
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(64 * 1024);
    }
    await assert.rejects(async () => await client.push('/file', endless()), PebbleAPIError);
    await assert.rejects(async () => await client.push('/file', 'x'.repeat(8 << 20)), PebbleAPIError);
  });
});

test('what waits when the transport is closed is told so', async () => {
  const asked = Promise.withResolvers<void>();
  await withSocket(
    (socket) => socket.once('data', () => asked.resolve()),
    async (path) => {
      const transport = unixHttpTransport(path);
      const waiting = assert.rejects(
        async () => await new PebbleClient(transport).getSystemInfo(),
        PebbleConnectionError,
      );
      await asked.promise;
      await transport.close();
      await waiting;
    },
  );
});

test('interim answers are passed over', async () => {
  const onSocket = (socket: Socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\n${staying}`));
  };
  await withSocket(onSocket, async (path) => {
    assert.equal((await new PebbleClient(unixHttpTransport(path)).getSystemInfo()).version, '1');
  });
});

test('a path or a header that would break the request is not sent', async () => {
  const onSocket = (socket: Socket) => assert.fail(`${socket.bytesRead} bytes`);
  await withSocket(
    (socket) => socket.once('data', () => onSocket(socket)),
    async (path) => {
      const { request } = unixHttpTransport(path);
      for (const bad of ['/a b', '/a\r\nX: y', '', '/ü']) {
        await assert.rejects(request({ method: 'GET', path: bad }), { code: 'invalid-request' });
      }
      await assert.rejects(request({ method: 'GET', path: '/', headers: { a: 'b\r\nc: d' } }), {
        code: 'invalid-request',
      });
    },
  );
});

test('a connection that rests does not keep the process alive', async () => {
  await withHttp(answers, async ({ socketPath }) => {
    const code = `
      import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
      await new PebbleClient(unixHttpTransport(${JSON.stringify(socketPath)})).getSystemInfo();
      console.log('asked');`;
    const args = ['--conditions=@charmed/source', '--input-type=module', '--eval', code];
    const child = spawn(process.execPath, args, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    assert.match(String(Buffer.concat(await Array.fromAsync(child.stdout as AsyncIterable<Buffer>))), /asked/);
    assert.deepEqual(await ended, [0, null]);
  });
});
