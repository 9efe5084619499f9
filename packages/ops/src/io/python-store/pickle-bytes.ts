// Reads the operands of pickle's opcodes, never past the end. A length that does not fit is refused before anything is allocated.

import { PythonValueError } from './errors.ts';

const MAX_INTEGER_BYTES = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class PickleBytes {
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#view.byteLength - this.#offset;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A count of eight bytes; imprecise above 2^53, where it fits nowhere. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Big-endian, alone among the operands. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8));
  }

  /** A whole number in two's complement, the lowest byte first. */
  integer(length: number): bigint {
    if (length > MAX_INTEGER_BYTES) throw new PythonValueError('bad-pickle', `an integer has ${length} bytes`);
    const bytes = this.bytes(length);
    const hex = bytes.toReversed().reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '0x0');
    return BigInt.asIntN(8 * bytes.length, BigInt(hex));
  }

  text(length: number): string {
    const bytes = this.bytes(length);
    try {
      return utf8.decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) throw new PythonValueError('bad-pickle', 'a text is not valid Unicode');
      throw error;
    }
  }

  /** A copy, so that a short value does not keep the whole pickle in memory. */
  bytes(length: number): Uint8Array {
    const start = this.#view.byteOffset + this.#advance(length);
    return new Uint8Array(this.#view.buffer.slice(start, start + length) as ArrayBuffer);
  }

  #advance(length: number): number {
    if (length > this.left) throw new PythonValueError('bad-pickle', 'it ends too early');
    this.#offset += length;
    return this.#offset - length;
  }
}
