// One websocket to Pebble over its unix socket: a stream of a command.

import { ByteSource } from '../../pebble/byte-source.ts';
import { PebbleConnectionError } from '../../pebble/errors.ts';
import type { PebbleSocket } from '../../pebble/transport.ts';
import type { HttpConnection } from './connection.ts';
import type { ConnectionPool } from './pool.ts';
import { requestBytes } from './request-bytes.ts';
import { notHttp, readResponseHead } from './response-head.ts';
import { unlessSilent } from './unless-silent.ts';
import { frameHead, OPCODES, readFrame } from './websocket-frames.ts';

/** How long Pebble itself waits for the streams of an exec. */
const CONNECT_TIMEOUT_MS = 5000;
/** Pebble's own messages have up to 128 KiB. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** What a frame counts for besides its payload, so that empty ones have an end too. */
const FRAME_BYTES = 32;

/**
 * The key and its answer show that the other side speaks the protocol, and that no cache has answered in its place. On a unix socket
 * there is none, so a fixed pair will do (the one of RFC 6455).
 */
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** The signal counts until the websocket is open. */
export async function openWebSocket(pool: ConnectionPool, path: string, signal?: AbortSignal): Promise<PebbleSocket> {
  const what = `open ${path}`;
  signal?.throwIfAborted();
  const connection = await pool.connect(what, signal);
  const abort = () => connection.close();
  signal?.addEventListener('abort', abort);
  const source = new ByteSource(
    { next: () => nextOf(connection) },
    {
      ended: () => new PebbleConnectionError(`cannot ${what}: Pebble closed the connection`),
      tooLong: () => notHttp('a long head'),
    },
  );
  try {
    for (const bytes of requestBytes({ method: 'GET', path, headers: UPGRADE })) void connection.write(bytes);
    const { status, statusText, headers } = await unlessSilent(readResponseHead(source), CONNECT_TIMEOUT_MS, what);
    if (status === 101 && headers['sec-websocket-accept'] === ACCEPT) return new UnixWebSocket(connection, source);
    throw new PebbleConnectionError(`cannot ${what}: Pebble answered ${status} ${statusText}`);
  } catch (error) {
    connection.close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function nextOf({ inbox }: HttpConnection): Promise<IteratorResult<Uint8Array, undefined>> {
  const value = await inbox.read();
  return value ? { done: false, value } : { done: true, value: undefined };
}

class UnixWebSocket implements PebbleSocket {
  readonly #connection: HttpConnection;
  readonly #source: ByteSource;

  constructor(connection: HttpConnection, source: ByteSource) {
    this.#connection = connection;
    this.#source = source;
  }

  async send(data: Uint8Array | string): Promise<void> {
    const isText = typeof data === 'string';
    await this.#send(isText ? OPCODES.text : OPCODES.binary, isText ? Buffer.from(data) : data);
  }

  async *messages(): AsyncGenerator<Uint8Array | string> {
    for (;;) {
      const message = await this.#next();
      if (message === undefined) return;
      yield message;
    }
  }

  // No closing handshake: Pebble does not answer it.
  close(): void {
    this.#connection.close();
  }

  // The end and whatever is wrong with the stream: both end the messages.
  async #next(): Promise<Uint8Array | string | undefined> {
    try {
      return await this.#message();
    } catch {
      this.close();
      return undefined;
    }
  }

  async #message(): Promise<Uint8Array | string | undefined> {
    const payloads: Buffer[] = [];
    let opcode: number = OPCODES.more;
    for (let left = MAX_MESSAGE_BYTES; ;) {
      const frame = await readFrame(this.#source, left);
      if (frame.opcode === OPCODES.close) throw new PebbleConnectionError('Pebble closed the websocket');
      if (frame.opcode === OPCODES.ping) await this.#send(OPCODES.pong, frame.payload);
      if (frame.opcode >= OPCODES.close) continue;
      if (payloads.length === 0) ({ opcode } = frame);
      left -= frame.payload.length + FRAME_BYTES;
      payloads.push(frame.payload);
      if (!frame.isFinal) continue;
      const whole = payloads.length === 1 ? frame.payload : Buffer.concat(payloads);
      return opcode === OPCODES.text ? whole.toString() : whole;
    }
  }

  async #send(opcode: number, payload: Uint8Array): Promise<void> {
    void this.#connection.write(frameHead(opcode, payload.byteLength));
    await this.#connection.write(payload);
    if (!this.#connection.isOver) return;
    throw new PebbleConnectionError('cannot write to a command: its connection has ended');
  }
}
