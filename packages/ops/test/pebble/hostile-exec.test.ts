// Commands under a Pebble that breaks off, refuses streams, or sends what it should not.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  PebbleChangeError,
  PebbleClient,
  PebbleConnectionError,
  PebbleExecError,
  PebbleProtocolError,
  unixHttpTransport,
} from '@charmed/ops/pebble';
import { WebSocketServer, type WebSocket } from 'ws';
import { noMoreOpenThan, openFiles } from './open-files.ts';

interface ExecWorld {
  readonly client: PebbleClient;
  /** The websocket of this name, once the client has opened it. */
  socket(name: 'control' | 'stdio' | 'stderr'): Promise<WebSocket>;
  /** Lets the change end. */
  end(change: { err?: string; exitCode?: number }): void;
  /** Resolves when the client has closed all connections. */
  idle(): Promise<void>;
  /** Cuts everything, and answers nobody any more. */
  die(): void;
}

interface Behaviour {
  /** The answer to the exec. */
  readonly answer?: object;
  readonly refuses?: string;
}

const started = { type: 'async', change: '1', result: { 'task-id': '7' } };

async function withExec({ answer = started, refuses }: Behaviour, body: (world: ExecWorld) => Promise<void>) {
  const before = openFiles();
  const directory = mkdtempSync(join(tmpdir(), 'charmed-hostile-'));
  const change = Promise.withResolvers<object>();
  const sockets = new Map<string, PromiseWithResolvers<WebSocket>>();
  const named = (name: string) => sockets.get(name) ?? sockets.set(name, Promise.withResolvers()).get(name)!;
  const websockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const server = createServer((request, response) => {
    if (request.url === '/v1/exec') reply(response, answer);
    else void change.promise.then((result) => reply(response, { type: 'sync', result }));
  });
  server.on('upgrade', (request, socket, head) => {
    const name = request.url?.split('/').at(-1) ?? '';
    if (name === refuses) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    else websockets.handleUpgrade(request, socket, head, (websocket) => named(name).resolve(websocket));
  });
  const die = () => {
    for (const each of websockets.clients) each.terminate();
    server.closeAllConnections();
    server.close();
  };
  const socketPath = join(directory, 'socket');
  server.listen(socketPath);
  await once(server, 'listening');
  try {
    await body({
      client: new PebbleClient(unixHttpTransport(socketPath)),
      socket: (name) => named(name).promise,
      end: (how) => change.resolve(endedChange(how)),
      idle: async () => {
        while ((await promisify(server.getConnections.bind(server))()) > 0) await macrotask();
      },
      die,
    });
  } finally {
    die();
    rmSync(directory, { recursive: true });
  }
  await noMoreOpenThan(before);
}

function reply(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
}

function endedChange({ err, exitCode = 0 }: { err?: string; exitCode?: number }): object {
  const common = { id: '1', kind: 'exec', summary: 'Execute', status: 'Done', 'spawn-time': '2026-01-01T00:00:00Z' };
  const progress = { label: '', done: 1, total: 1 };
  return { ...common, ready: true, err, tasks: [{ ...common, progress, data: { 'exit-code': exitCode } }] };
}

const end = '{"command":"end"}';

test('an answer without a change, or without a task, is none', async () => {
  for (const answer of [
    { type: 'sync', result: {} },
    { type: 'async', change: '1', result: {} },
  ]) {
    await withExec({ answer }, async ({ client }) => {
      await assert.rejects(async () => await client.exec(['true']).wait(), PebbleProtocolError);
    });
  }
});

test('when a stream is refused, the change says why, if it knows', async () => {
  for (const refuses of ['stdio', 'stderr']) {
    await withExec({ refuses }, async ({ client, end: endChange }) => {
      endChange({ err: 'cannot fork' });
      await assert.rejects(async () => await client.exec(['true']).wait(), PebbleChangeError);
    });
    await withExec({ refuses }, async ({ client, end: endChange }) => {
      endChange({});
      await assert.rejects(async () => await client.exec(['true']).wait(), PebbleConnectionError);
    });
  }
});

test('a control stream that is refused is an error of who needs it, and the command goes on', async () => {
  await withExec({ refuses: 'control' }, async ({ client, socket, end: endChange }) => {
    const command = client.exec(['sleep', '1'], { combineStderr: true });
    const stdio = await socket('stdio');
    await assert.rejects(async () => await command.sendSignal('SIGTERM'), PebbleConnectionError);
    await assert.rejects(async () => await command.resize({ width: 80, height: 25 }), PebbleConnectionError);
    stdio.send(end);
    endChange({});
    await command.wait();
    await assert.rejects(async () => await command.sendSignal('SIGTERM'), PebbleConnectionError);
  });
});

test('output that breaks off is an error at once, and nobody waits for the change any more', async () => {
  await withExec({}, async ({ client, socket, idle }) => {
    const output = client.exec(['true']).waitOutput();
    const stdio = await socket('stdio');
    stdio.send(Buffer.from('some'));
    stdio.terminate();
    await assert.rejects(async () => await output, PebbleConnectionError);
    await idle();
  });
});

test('a Pebble that dies is an error of wait and of those who read and write', async () => {
  await withExec({}, async ({ client, socket, die }) => {
    const command = client.exec(['cat']);
    const reading = command.stdout.bytes();
    const waiting = command.wait();
    await Promise.all([socket('stdio'), socket('stderr')]);
    die();
    for (const outcome of await Promise.allSettled([reading, waiting])) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof PebbleConnectionError);
    }
    await assert.rejects(async () => await command.stdin?.write('more'), PebbleConnectionError);
    await assert.rejects(async () => await command.sendSignal('SIGTERM'), PebbleConnectionError);
  });
});

test('text that is no command is skipped, frames that are too long are not taken', async () => {
  await withExec({}, async ({ client, socket, end: endChange }) => {
    const output = client.exec(['true'], { combineStderr: true }).waitOutput();
    const stdio = await socket('stdio');
    for (const text of ['', 'null', '[]', '{"command":1}', '{', '{"command":"other"}']) stdio.send(text);
    stdio.send(Buffer.from('out'));
    stdio.send(end);
    endChange({});
    assert.deepEqual(await output, { stdout: 'out', stderr: '' });
  });
  await withExec({}, async ({ client, socket }) => {
    const output = client.exec(['true'], { combineStderr: true }).waitOutput();
    (await socket('stdio')).send(Buffer.alloc(2 << 20));
    await assert.rejects(async () => await output, PebbleConnectionError);
  });
});

test('an exit code comes with what was printed', async () => {
  await withExec({}, async ({ client, socket, end: endChange }) => {
    const output = client.exec(['sh', '--password=secret']).waitOutput();
    for (const name of ['stdio', 'stderr'] as const) {
      const stream = await socket(name);
      stream.send(Buffer.from(`${name}\n`));
      stream.send(end);
    }
    endChange({ exitCode: 3 });
    await assert.rejects(
      async () => await output,
      (error) => {
        assert.ok(error instanceof PebbleExecError);
        assert.deepEqual([error.exitCode, error.stdout, error.stderr], [3, 'stdio\n', 'stderr\n']);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      },
    );
  });
});

test('a flood that nobody reads stays with the one who sends it', async () => {
  await withExec({}, async ({ client, socket, idle }) => {
    const abort = new AbortController();
    const command = client.exec(['yes'], { combineStderr: true, signal: abort.signal });
    const reader = command.stdout[Symbol.asyncIterator]();
    const first = reader.next();
    const stdio = await socket('stdio');
    stdio.send(Buffer.from('y'));
    await first;
    for (let sent = 0; sent < 16 << 20; sent += 64 * 1024) {
      stdio.send(Buffer.alloc(64 * 1024));
      await macrotask();
    }
    assert.ok(stdio.bufferedAmount > 12 << 20, `${stdio.bufferedAmount} bytes wait`);
    abort.abort();
    await assert.rejects(async () => await command.wait(), { name: 'AbortError' });
    await idle();
  });
});
