// Reads the value of one message, whose types are known. What it costs in memory is bounded, whatever the message says.

import type { ByteReader } from './bytes.ts';
import { GobError } from './errors.ts';
import { TypeId, type GobField, type GobRecord, type GobType, type GobValue } from './types.ts';

/** More than any hook command has arguments; a value takes far more memory here than its one byte on the wire. */
const MAX_VALUES = 2 ** 18;
const MAX_DEPTH = 32;

/** The whole of what is left in the message. @throws GobError */
export function readValue(bytes: ByteReader, id: number, types: ReadonlyMap<number, GobType>): GobValue {
  const value = new ValueReader(bytes, types).value(id, 0);
  if (bytes.left > 0) throw new GobError(`a message has ${bytes.left} bytes after its value`);
  return value;
}

class ValueReader {
  readonly #bytes: ByteReader;
  readonly #types: ReadonlyMap<number, GobType>;
  #count = 0;

  constructor(bytes: ByteReader, types: ReadonlyMap<number, GobType>) {
    this.#bytes = bytes;
    this.#types = types;
  }

  value(id: number, depth: number): GobValue {
    if (depth > MAX_DEPTH) throw new GobError('values are nested too deeply');
    this.#requireRoomFor(1);
    this.#count += 1;
    switch (id) {
      case TypeId.bool:
        return this.#bytes.uint() === 1;
      case TypeId.int:
        return this.#bytes.int();
      case TypeId.uint:
        return this.#bytes.uint();
      case TypeId.float:
        return this.#bytes.float();
      case TypeId.bytes:
        return this.#bytes.bytes();
      case TypeId.string:
        return this.#bytes.string();
      case TypeId.complex:
        return [this.#bytes.float(), this.#bytes.float()];
      default:
        return this.#compound(id, depth);
    }
  }

  #requireRoomFor(count: number): void {
    if (this.#count + count > MAX_VALUES) throw new GobError(`a message has too many values, over ${MAX_VALUES}`);
  }

  #compound(id: number, depth: number): GobValue {
    const type = this.#types.get(id);
    if (!type) throw new GobError(`type ${id} was never defined`);
    switch (type.kind) {
      case 'struct':
        return this.#struct(type.fields, depth);
      case 'slice':
      case 'array':
        return this.#list(1, () => this.value(type.element, depth + 1));
      case 'map':
        return this.#list(2, () => [this.value(type.key, depth + 1), this.value(type.element, depth + 1)]);
      default: // a type that encodes itself
        return this.#bytes.bytes();
    }
  }

  #list(size: number, read: () => GobValue): readonly GobValue[] {
    const length = this.#bytes.count(size);
    this.#requireRoomFor(length);
    return Array.from({ length }, read);
  }

  #struct(fields: readonly GobField[], depth: number): GobRecord {
    const record: Record<string, GobValue> = Object.create(null);
    for (let index = -1, delta = this.#bytes.uint(); delta !== 0; delta = this.#bytes.uint()) {
      index += delta;
      const field = fields[index];
      if (!field) throw new GobError(`a struct has no field ${index}`);
      record[field.name] = this.value(field.type, depth + 1);
    }
    return record;
  }
}
