// What comes out of a container: the content of a file, or the output of a command.

import { reasonOf } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { decode } from './body.ts';
import { PebbleError } from './errors.ts';

/**
 * Bytes on their way out of a container, to be read once: in chunks with `for await`, which holds little in memory however much there
 * is, or whole with one of the methods.
 */
export class ByteStream implements AsyncIterable<Uint8Array> {
  readonly #name: string;
  readonly #open: () => AsyncGenerator<Uint8Array>;
  #isTaken = false;

  /** Nothing is opened before it is read. `name` is for messages. */
  constructor(name: string, open: () => AsyncGenerator<Uint8Array>) {
    this.#name = name;
    this.#open = open;
  }

  /** Whether somebody has begun to read. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** @throws PebbleError `pebble-stream-taken` when it has been read before. */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#isTaken) {
      throw new PebbleError('pebble-stream-taken', `cannot read ${this.#name}: it can be read only once, and it was`);
    }
    this.#isTaken = true;
    return this.#open();
  }

  /** @throws PebbleError `not-utf-8` when the bytes are no UTF-8. */
  text(): Operation<string> {
    return operation(`text() of ${this.#name}`, () => this.#text());
  }

  bytes(): Operation<Uint8Array> {
    return operation(`bytes() of ${this.#name}`, async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of this) chunks.push(chunk);
      return concat(chunks);
    });
  }

  /** @throws PebbleError `not-json`, or `not-utf-8`. */
  json(): Operation<unknown> {
    return operation(`json() of ${this.#name}`, async () => {
      const text = await this.#text();
      try {
        return JSON.parse(text) as unknown;
      } catch (cause) {
        throw new PebbleError('not-json', `cannot read ${this.#name} as JSON: ${reasonOf(cause)}`, { cause });
      }
    });
  }

  async #text(): Promise<string> {
    try {
      return await decode(this, { fatal: true });
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw new PebbleError('not-utf-8', `cannot read ${this.#name} as text: it is not UTF-8. Use bytes().`, { cause });
    }
  }
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
