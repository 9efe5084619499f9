// Cuts what comes over the socket into gob's messages, each of which is led by its length.

import { ByteReader } from './bytes.ts';
import { GobError } from './errors.ts';

/** Larger than any output of a hook command. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** The length itself takes one byte, or one and up to eight. */
const MAX_PREFIX_BYTES = 9;

export class MessageCutter {
  // Grows with what has come, not with what was announced, and by doubling: a long message comes in very many chunks.
  #memory: Uint8Array = new Uint8Array();
  #size = 0;

  /** The messages that this chunk completes. @throws GobError when the next one is announced longer than any can be. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#append(chunk);
    const messages: Uint8Array[] = [];
    let rest = this.#memory.subarray(0, this.#size);
    for (let next = firstOf(rest); next.end <= rest.length; next = firstOf(rest)) {
      messages.push(rest.subarray(next.start, next.end));
      rest = rest.subarray(next.end);
    }
    // The messages keep the memory that they lie in; what follows them gets its own.
    if (messages.length > 0) [this.#memory, this.#size] = [rest.slice(), rest.length];
    return messages;
  }

  #append(chunk: Uint8Array): void {
    const size = this.#size + chunk.length;
    if (size > this.#memory.length) {
      const larger = new Uint8Array(Math.max(size, 2 * this.#memory.length));
      larger.set(this.#memory.subarray(0, this.#size));
      this.#memory = larger;
    }
    this.#memory.set(chunk, this.#size);
    this.#size = size;
  }
}

/** Where the first message lies, or, if not even its length is there, an end past what is. */
function firstOf(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const [first] = bytes;
  if (first === undefined) return { start: 0, end: 1 };
  const start = first < 128 ? 1 : 1 + 256 - first;
  if (start > MAX_PREFIX_BYTES) throw new GobError('a message begins with an impossible length');
  if (bytes.length < start) return { start, end: start };
  const length = new ByteReader(bytes.subarray(0, start)).uint();
  if (length > MAX_MESSAGE_BYTES) throw new GobError(`a message of ${length} bytes is too long`);
  return { start, end: start + length };
}
