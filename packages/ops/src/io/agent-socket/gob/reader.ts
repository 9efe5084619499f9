// Reads a gob stream: type definitions, which come once, and the values that need them.

import { ByteReader } from './bytes.ts';
import { GobError } from './errors.ts';
import { MessageCutter } from './messages.ts';
import { FIRST_USER_TYPE, TypeId, type GobRecord } from './types.ts';
import { readValue } from './values.ts';
import { asRecord, typeFrom, WIRE_TYPES } from './wire-types.ts';

/** An agent sends three types, all of them small. */
const MAX_TYPES = 100;
const MAX_DEFINITION_BYTES = 16 * 1024;

export class GobReader {
  readonly #types = new Map(WIRE_TYPES);
  readonly #messages = new MessageCutter();

  /** Takes what came over the socket and returns the values that are complete. @throws GobError */
  push(chunk: Uint8Array): readonly GobRecord[] {
    const values = this.#messages.push(chunk).map((message) => this.#read(message));
    return values.filter((value) => value !== undefined);
  }

  #read(message: Uint8Array): GobRecord | undefined {
    const bytes = new ByteReader(message);
    const id = bytes.int();
    if (id < 0) return this.#define(-id, bytes);
    if (this.#types.get(id)?.kind !== 'struct') throw new GobError(`expected a struct, got type ${id}`);
    return asRecord(readValue(bytes, id, this.#types));
  }

  // A definition comes under the negated id of the type that it defines.
  #define(id: number, bytes: ByteReader): undefined {
    if (id < FIRST_USER_TYPE || this.#types.has(id)) throw new GobError(`type ${id} is already defined`);
    if (this.#types.size - WIRE_TYPES.size >= MAX_TYPES) throw new GobError('there are too many types');
    if (bytes.left > MAX_DEFINITION_BYTES) throw new GobError(`the definition of type ${id} is too long`);
    this.#types.set(id, typeFrom(readValue(bytes, TypeId.wireType, this.#types)));
  }
}
