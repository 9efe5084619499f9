// Bytes that come in chunks, taken in the pieces that a parser wants. Bounded: no more is held than a chunk, or what was asked for.

const EMPTY = Buffer.alloc(0);
const CR = 13;

/** What to throw when the bytes are not as they should be. */
export interface ByteSourceErrors {
  /** They end in the middle of a piece. */
  readonly ended: () => Error;
  /** There is no end of a piece within so many bytes. */
  readonly tooLong: (limit: number) => Error;
}

export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #errors: ByteSourceErrors;
  #buffer: Buffer = EMPTY;

  constructor(chunks: AsyncIterator<Uint8Array>, errors: ByteSourceErrors) {
    this.#chunks = chunks;
    this.#errors = errors;
  }

  async take(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more();
    return this.#cut(count);
  }

  /** So many bytes, in chunks as they come. */
  async *stream(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      if (this.#buffer.length === 0) await this.#more();
      const bytes = this.#cut(Math.min(left, this.#buffer.length));
      left -= bytes.length;
      yield bytes;
    }
  }

  /** The bytes before the pattern, which is consumed too. */
  async takeUntil(pattern: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const index = this.#buffer.indexOf(pattern);
      if (index > limit || (index === -1 && this.#buffer.length > limit)) throw this.#errors.tooLong(limit);
      if (index !== -1) return this.#cut(index + pattern.length).subarray(0, index);
      await this.#more();
    }
  }

  /** As `takeUntil`, in chunks and without a limit. The pattern begins with a carriage return, and has no other. */
  async *streamUntil(pattern: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const index = this.#buffer.indexOf(pattern);
      if (index !== -1) {
        const last = this.#cut(index + pattern.length).subarray(0, index);
        if (index > 0) yield last;
        return;
      }
      const sure = this.#buffer.length - beginningAtEnd(this.#buffer, pattern);
      if (sure > 0) yield this.#cut(sure);
      await this.#more();
    }
  }

  /** All that is left, in chunks as they come. */
  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.#buffer.length > 0) yield this.#cut(this.#buffer.length);
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) yield next.value;
  }

  /** Whether nothing lies here that was not taken. */
  get isEmpty(): boolean {
    return this.#buffer.length === 0;
  }

  /** Gives up what was not read. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #cut(count: number): Buffer {
    const bytes = this.#buffer.subarray(0, count);
    // An empty view would keep the memory of its chunk.
    this.#buffer = count === this.#buffer.length ? EMPTY : this.#buffer.subarray(count);
    return bytes;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) throw this.#errors.ended();
    const { buffer, byteOffset, byteLength } = next.value;
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
  }
}

// How many of the last bytes may be the beginning of the pattern, which a later chunk would complete.
function beginningAtEnd(bytes: Buffer, pattern: Buffer): number {
  let at = bytes.indexOf(CR, Math.max(0, bytes.length - pattern.length + 1));
  while (at !== -1 && !bytes.subarray(at).equals(pattern.subarray(0, bytes.length - at)))
    at = bytes.indexOf(CR, at + 1);
  return at === -1 ? 0 : bytes.length - at;
}
