// One request to Pebble, and its answer.

import { ByteSource } from '../../pebble/byte-source.ts';
import { PebbleConnectionError } from '../../pebble/errors.ts';
import type { PebbleRequest, PebbleResponse } from '../../pebble/transport.ts';
import type { HttpConnection } from './connection.ts';
import { failureOf } from './failure.ts';
import { chunkHead, requestBytes, streamOf } from './request-bytes.ts';
import { bodyOf } from './response-body.ts';
import { notHttp, readResponseHead, type ResponseHead } from './response-head.ts';
import { unlessSilent } from './unless-silent.ts';

export type TimedRequest = PebbleRequest & { readonly timeoutMs: number };

/** After so much, the rest of the program gets a turn: a Pebble that takes all at once would let it have none. */
const TURN_BYTES = 1024 * 1024;

export class Exchange {
  readonly #connection: HttpConnection;
  readonly #request: TimedRequest;
  readonly #what: string;
  readonly #source: ByteSource;
  readonly #abort = (): void => void this.#fail(undefined);
  #isSent = false;
  #isAnswered = false;
  #sinceTurn = 0;

  constructor(connection: HttpConnection, request: TimedRequest) {
    this.#connection = connection;
    this.#request = request;
    this.#what = `${request.method} ${request.path}`;
    this.#source = new ByteSource(
      { next: () => this.#read() },
      {
        ended: () => new PebbleConnectionError(`cannot complete ${this.#what}: Pebble closed the connection early`),
        tooLong: (limit) => notHttp(`there is more than ${limit} bytes before the end of a line or head`),
      },
    );
  }

  /** The answer, once its head is there. When its body has been read, the connection is there for another request. */
  async run(): Promise<PebbleResponse> {
    this.#connection.take();
    this.#request.signal?.addEventListener('abort', this.#abort, { once: true });
    try {
      const answer = readResponseHead(this.#source);
      await Promise.race([this.#write(answer), answer]);
      const head = await this.#patiently(answer);
      this.#isAnswered = true;
      return this.#response(head);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  // Pebble may answer before it has all of the body, when it refuses it; then the rest need not be sent.
  async #write(answer: Promise<unknown>): Promise<void> {
    let isOver = false;
    const end = () => (isOver = true);
    const over = answer.then(end, end);
    for (const bytes of requestBytes(this.#request)) await this.#send(bytes, over);
    const stream = streamOf(this.#request.body);
    let isFirst = true;
    if (stream) {
      for await (const chunk of stream) {
        if (isOver) return;
        if (chunk.byteLength === 0) continue;
        void this.#connection.write(chunkHead(chunk.byteLength, isFirst));
        await this.#send(chunk, over);
        isFirst = false;
      }
      await this.#send(chunkHead(0, isFirst), over);
    }
    this.#isSent = true;
  }

  async #send(bytes: Uint8Array, over: Promise<unknown>): Promise<void> {
    const gone = this.#connection.write(bytes);
    this.#sinceTurn += bytes.byteLength;
    if (gone) await this.#patiently(Promise.race([gone, over]));
    else if (this.#sinceTurn >= TURN_BYTES) await new Promise((resolve) => setImmediate(resolve));
    if (gone || this.#sinceTurn >= TURN_BYTES) this.#sinceTurn = 0;
  }

  #response({ status, statusText, headers, length, staysOpen }: ResponseHead): PebbleResponse {
    const chunks = bodyOf(this.#source, length);
    const body: AsyncIterableIterator<Uint8Array> = {
      next: async () => {
        try {
          const next = await chunks.next();
          if (next.done) this.#end(staysOpen);
          return next;
        } catch (error) {
          throw this.#fail(error);
        }
      },
      return: async () => {
        this.#fail(undefined);
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => body,
    };
    return { status, statusText, headers, body };
  }

  async #read(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#request.signal?.throwIfAborted();
    const { inbox } = this.#connection;
    const value = inbox.take() ?? (await (this.#isAnswered ? this.#patiently(this.#more()) : this.#more()));
    return value ? { done: false, value } : { done: true, value: undefined };
  }

  async #more(): Promise<Uint8Array | undefined> {
    try {
      return await this.#connection.inbox.read();
    } catch (error) {
      throw failureOf(error, this.#what, this.#connection.socketPath);
    }
  }

  #patiently<T>(work: Promise<T>): Promise<T> {
    return unlessSilent(work, this.#request.timeoutMs, this.#what);
  }

  #end(staysOpen: boolean): void {
    this.#request.signal?.removeEventListener('abort', this.#abort);
    if (staysOpen && this.#isSent && this.#source.isEmpty) this.#connection.rest();
    else this.#connection.close();
  }

  /** Ends all of it, and says with what error. */
  #fail(error: unknown): Error {
    const { signal } = this.#request;
    signal?.removeEventListener('abort', this.#abort);
    this.#connection.close();
    return (signal?.aborted ? signal.reason : error) as Error;
  }
}
