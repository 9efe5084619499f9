// Pebble's HTTP over a unix socket. `node:http` is taken by getBuiltinModule: an import of it also loads undici, ten times the cost.

import type { ClientRequest, IncomingMessage } from 'node:http';
import { PebbleConnectionError, PebbleError, PebbleProtocolError } from '../pebble/errors.ts';
import type { PebbleRequest, PebbleResponse, PebbleTransport } from '../pebble/transport.ts';
import { openWebSocket } from './unix-websocket.ts';
import { largeBodyWatch } from './large-bodies.ts';
import { unlessSilent } from './unless-silent.ts';

const DEFAULT_TIMEOUT_MS = 5000;

export interface UnixHttpOptions {
  /** How long Pebble may be silent, in milliseconds, where a request does not say. Default: 5,000. */
  readonly timeoutMs?: number;
}

/** Connects anew for each request. Nothing is loaded or connected before the first. */
export function unixHttpTransport(socketPath: string, options: UnixHttpOptions = {}): PebbleTransport {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const open = new Set<{ destroy(): void }>();
  return {
    request: (request) => send(socketPath, { ...request, timeoutMs: request.timeoutMs ?? timeoutMs }, open),
    websocket: (path, signal) => openWebSocket(socketPath, path, open, signal),
    close: async () => {
      for (const connection of open) connection.destroy();
    },
  };
}

async function send(
  socketPath: string,
  request: PebbleRequest & { readonly timeoutMs: number },
  open: Set<{ destroy(): void }>,
): Promise<PebbleResponse> {
  const { signal, timeoutMs } = request;
  signal?.throwIfAborted();
  const outgoing = process.getBuiltinModule('node:http').request({
    socketPath,
    agent: false,
    method: request.method,
    path: request.path,
    headers: { host: 'localhost', ...request.headers },
    ...(signal && { signal }),
  });
  open.add(outgoing);
  outgoing.once('close', () => open.delete(outgoing));

  // A broken connection may be told more than once; the first time tells most.
  let failure: Error | undefined;
  const fail = (error: Error): Error => {
    failure ??= signal?.aborted ? (signal.reason as Error) : failureOf(error, request, socketPath);
    return failure;
  };
  const patiently = <T>(work: Promise<T>) => unlessSilent(work, timeoutMs, `${request.method} ${request.path}`);
  const answer = answerTo(outgoing, fail);
  try {
    await Promise.race([write(outgoing, request.body, answer, patiently), answer]);
    return responseOf(await patiently(answer), patiently, fail);
  } catch (error) {
    outgoing.destroy();
    throw error;
  }
}

type Patiently = <T>(work: Promise<T>) => Promise<T>;

function answerTo(outgoing: ClientRequest, fail: (error: Error) => Error): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.once('response', resolve);
  outgoing.on('error', (error) => reject(fail(error)));
  return promise;
}

// Pebble may answer before it has all of the body, when it refuses it; then the rest need not be sent.
async function write(
  outgoing: ClientRequest,
  body: PebbleRequest['body'],
  answer: Promise<IncomingMessage>,
  patiently: Patiently,
): Promise<void> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    outgoing.end(body);
    return;
  }
  let isAnswered = false;
  const answered = answer.then(
    () => (isAnswered = true),
    () => (isAnswered = true),
  );
  for await (const chunk of body) {
    if (isAnswered) return;
    if (!outgoing.write(chunk)) await patiently(Promise.race([drained(outgoing), answered]));
  }
  outgoing.end();
}

function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve);
  });
}

function responseOf(incoming: IncomingMessage, patiently: Patiently, fail: (error: Error) => Error): PebbleResponse {
  const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]();
  const watch = largeBodyWatch();
  const body: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      try {
        const next = await patiently(chunks.next());
        if (!next.done) watch(next.value);
        return next;
      } catch (error) {
        incoming.destroy();
        throw fail(error as Error);
      }
    },
    return: async () => {
      incoming.destroy();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => body,
  };
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]);
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? '',
    headers: Object.fromEntries(headers) as Record<string, string | undefined>,
    body,
  };
}

function failureOf(cause: Error, request: PebbleRequest, socketPath: string): Error {
  if (cause instanceof PebbleError) return cause;
  const code = 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('HPE_')) {
    return new PebbleProtocolError(`cannot read Pebble's answer: what comes from ${socketPath} is not HTTP`, { cause });
  }
  if (['ENOENT', 'ECONNREFUSED', 'EACCES'].includes(code)) {
    const hint = 'The container may not have started: ask canConnect() first, or wait for its pebble-ready event.';
    return new PebbleConnectionError(`cannot reach Pebble: ${cause.message}. ${hint}`, { cause });
  }
  const what = `${request.method} ${request.path}`;
  return new PebbleConnectionError(`cannot complete ${what} on ${socketPath}: ${cause.message}`, { cause });
}
