// Pebble's HTTP over a unix socket. `node:http` is taken by getBuiltinModule: an import of it also loads undici, ten times the cost.

import type { ClientRequest, IncomingMessage } from 'node:http';
import { reasonOf } from '../errors.ts';
import { PebbleConnectionError, PebbleProtocolError, PebbleTimeoutError } from '../pebble/errors.ts';
import type { PebbleRequest, PebbleResponse, PebbleTransport } from '../pebble/transport.ts';

const DEFAULT_TIMEOUT_MS = 5000;

/** Connects anew for each request, so an idle transport holds nothing open. */
export function unixHttpTransport(socketPath: string): PebbleTransport {
  return {
    request: (request) => send(socketPath, request),
    websocket: async (path, signal) => (await import('./unix-websocket.ts')).openWebSocket(socketPath, path, signal),
    close: () => Promise.resolve(),
  };
}

async function send(socketPath: string, request: PebbleRequest): Promise<PebbleResponse> {
  const http = process.getBuiltinModule('node:http');
  const outgoing = http.request({
    socketPath,
    method: request.method,
    path: request.path,
    headers: { host: 'localhost', ...request.headers },
    agent: false,
    ...(request.signal && { signal: request.signal }),
  });
  const answer = answerOf(outgoing, socketPath, request);
  // A failure of the body ends the request, and with it the wait for the answer.
  writeBody(outgoing, request.body).catch((error: unknown) => {
    outgoing.destroy(error instanceof Error ? error : new Error(reasonOf(error)));
  });
  const incoming = await answer;
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? '',
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()])),
    body: bodyOf(incoming),
  };
}

function answerOf(outgoing: ClientRequest, socketPath: string, request: PebbleRequest): Promise<IncomingMessage> {
  const what = `${request.method} ${request.path}`;
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const late = new PebbleTimeoutError(`cannot ${what}: Pebble has not answered after ${timeoutMs} ms`);
    const timer = Number.isFinite(timeoutMs) ? setTimeout(() => outgoing.destroy(late), timeoutMs) : undefined;
    outgoing.on('response', (incoming) => {
      clearTimeout(timer);
      resolve(incoming);
    });
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error === late || request.signal?.aborted ? error : connectionError(what, socketPath, error));
    });
  });
}

function connectionError(what: string, socketPath: string, error: Error): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return new PebbleConnectionError(
      `cannot ${what}: nothing answers on ${socketPath}. The container may not have started; check container.canConnect() first.`,
      { cause: error },
    );
  }
  if (typeof code === 'string' && code.startsWith('HPE_')) {
    return new PebbleProtocolError(`cannot ${what}: the answer is not HTTP`, { cause: error });
  }
  return new PebbleConnectionError(`cannot ${what} on ${socketPath}: ${error.message}`, { cause: error });
}

async function writeBody(outgoing: ClientRequest, body: PebbleRequest['body']): Promise<void> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    outgoing.end(body);
    return;
  }
  for await (const chunk of body) {
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}

function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve);
    outgoing.once('close', resolve);
  });
}

async function* bodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* incoming;
  } catch (error) {
    throw new PebbleProtocolError(`cannot read Pebble's answer: ${reasonOf(error)}`, { cause: error });
  }
}
