// Reads the primitive values of gob from one message, never past its end.

import { GobError } from './errors.ts';

export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** Unsigned: one byte below 128, else the negated count of the big-endian bytes that follow. */
  uint(): number {
    const first = this.#byte();
    if (first < 128) return first;
    let value = 0;
    for (const byte of this.take(256 - first)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new GobError(`an integer is larger than 2^53`);
    return value;
  }

  /** Signed: the lowest bit says that the others are complemented. */
  int(): number {
    const value = this.uint();
    return value % 2 === 1 ? -(value - 1) / 2 - 1 : value / 2;
  }

  /** The bytes of a float, reversed so that trailing zeros are not sent. */
  float(): number {
    const first = this.#byte();
    const sent = first < 128 ? Uint8Array.of(first) : this.take(256 - first);
    if (sent.length > 8) throw new GobError('a float has more than eight bytes');
    const view = new DataView(new ArrayBuffer(8));
    sent.toReversed().forEach((byte, index) => view.setUint8(index, byte));
    return view.getFloat64(0);
  }

  /** A count of things that take at least `size` bytes each; one that cannot fit is refused before anything is allocated. */
  count(size: number): number {
    const count = this.uint();
    if (count * size > this.left) throw new GobError(`a count of ${count} does not fit into its message`);
    return count;
  }

  bytes(): Uint8Array {
    return this.take(this.count(1));
  }

  /** What is not UTF-8 in it becomes U+FFFD. */
  string(): string {
    const bytes = this.bytes();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw new GobError('a message ends in the middle of a value');
    this.#offset += count;
    return this.#bytes.subarray(this.#offset - count, this.#offset);
  }

  #byte(): number {
    const [byte = 0] = this.take(1);
    return byte;
  }
}
