// Reads a gob stream: type definitions, which come once, and the values that need them.

import { ByteReader } from './bytes.ts';
import { GobError } from './errors.ts';
import { TypeId, type GobField, type GobRecord, type GobType, type GobValue } from './types.ts';

/** Larger than any output of a hook command. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 32;

/** The types that a definition itself is made of: encoding/gob, type wireType and below. */
const BOOTSTRAP: ReadonlyMap<number, GobType> = new Map([
  [
    16,
    struct(
      ['ArrayT', 17],
      ['SliceT', 19],
      ['StructT', 20],
      ['MapT', 23],
      ['GobEncoderT', 24],
      ['BinaryMarshalerT', 24],
      ['TextMarshalerT', 24],
    ),
  ],
  [17, struct(['CommonType', 18], ['Elem', TypeId.int], ['Len', TypeId.int])],
  [18, struct(['Name', TypeId.string], ['Id', TypeId.int])],
  [19, struct(['CommonType', 18], ['Elem', TypeId.int])],
  [20, struct(['CommonType', 18], ['Field', 22])],
  [21, struct(['Name', TypeId.string], ['Id', TypeId.int])],
  [22, { kind: 'slice', element: 21 }],
  [23, struct(['CommonType', 18], ['Key', TypeId.int], ['Elem', TypeId.int])],
  [24, struct(['CommonType', 18])],
]);

export class GobReader {
  readonly #types = new Map(BOOTSTRAP);
  #pending: Uint8Array = new Uint8Array();

  /** Takes what came over the socket and returns the values that are complete. @throws GobError */
  push(chunk: Uint8Array): readonly GobRecord[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const values: GobRecord[] = [];
    for (let message = this.#nextMessage(); message; message = this.#nextMessage()) {
      const value = this.#readMessage(new ByteReader(message));
      if (value) values.push(value);
    }
    return values;
  }

  #nextMessage(): Uint8Array | undefined {
    const [first] = this.#pending;
    if (first === undefined) return undefined;
    const prefix = first < 128 ? 1 : 1 + 256 - first;
    if (prefix > 9) throw new GobError('a message begins with an impossible length');
    if (this.#pending.length < prefix) return undefined;
    const length = new ByteReader(this.#pending.subarray(0, prefix)).uint();
    if (length > MAX_MESSAGE_BYTES) throw new GobError(`a message of ${length} bytes is too long`);
    if (this.#pending.length < prefix + length) return undefined;
    const message = this.#pending.subarray(prefix, prefix + length);
    this.#pending = this.#pending.subarray(prefix + length);
    return message;
  }

  // A definition has the negated id of the type that it defines.
  #readMessage(bytes: ByteReader): GobRecord | undefined {
    const id = bytes.int();
    if (id < 0) {
      this.#types.set(-id, definitionFrom(asRecord(this.#value(bytes, TypeId.wireType, 0))));
      return undefined;
    }
    if (this.#types.get(id)?.kind !== 'struct') throw new GobError(`expected a struct, got type ${id}`);
    return asRecord(this.#value(bytes, id, 0));
  }

  #value(bytes: ByteReader, id: number, depth: number): GobValue {
    if (depth > MAX_DEPTH) throw new GobError('values are nested too deeply');
    switch (id) {
      case TypeId.bool:
        return bytes.uint() === 1;
      case TypeId.int:
        return bytes.int();
      case TypeId.uint:
        return bytes.uint();
      case TypeId.float:
        return bytes.float();
      case TypeId.bytes:
        return bytes.bytes();
      case TypeId.string:
        return bytes.string();
      case TypeId.complex:
        return [bytes.float(), bytes.float()];
      default:
        return this.#compound(bytes, id, depth);
    }
  }

  #compound(bytes: ByteReader, id: number, depth: number): GobValue {
    const type = this.#types.get(id);
    if (!type) throw new GobError(`type ${id} was never defined`);
    const list = (elements: readonly number[]) => {
      const count = bytes.count(elements.length);
      return Array.from({ length: count }, () => elements.map((element) => this.#value(bytes, element, depth + 1)));
    };
    switch (type.kind) {
      case 'struct':
        return this.#struct(bytes, type.fields, depth);
      case 'slice':
      case 'array':
        return list([type.element]).flat(1);
      case 'map':
        return list([type.key, type.element]);
      default: // a type that encodes itself
        return bytes.bytes();
    }
  }

  #struct(bytes: ByteReader, fields: readonly GobField[], depth: number): GobRecord {
    const record: Record<string, GobValue> = Object.create(null);
    for (let index = -1, delta = bytes.uint(); delta !== 0; delta = bytes.uint()) {
      index += delta;
      const field = fields[index];
      if (!field) throw new GobError(`a struct has no field ${index}`);
      record[field.name] = this.#value(bytes, field.type, depth + 1);
    }
    return record;
  }
}

function struct(...fields: readonly (readonly [string, number])[]): GobType {
  return { kind: 'struct', fields: fields.map(([name, type]) => ({ name, type })) };
}

function definitionFrom(wire: GobRecord): GobType {
  if (wire.StructT) {
    const fields = asList(asRecord(wire.StructT).Field ?? []).map(asRecord);
    return struct(...fields.map((field) => [asString(field.Name), asNumber(field.Id)] as const));
  }
  if (wire.SliceT) return { kind: 'slice', element: asNumber(asRecord(wire.SliceT).Elem) };
  if (wire.ArrayT) return { kind: 'array', element: asNumber(asRecord(wire.ArrayT).Elem) };
  if (wire.MapT) {
    const map = asRecord(wire.MapT);
    return { kind: 'map', key: asNumber(map.Key), element: asNumber(map.Elem) };
  }
  return { kind: 'opaque' }; // a type that encodes itself: bytes to us
}

function asRecord(value: GobValue): GobRecord {
  if (typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)) return value as GobRecord;
  throw new GobError('expected a struct');
}

function asList(value: GobValue): readonly GobValue[] {
  if (Array.isArray(value)) return value;
  throw new GobError('expected a list');
}

function asString(value: GobValue | undefined): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  throw new GobError('expected a string');
}

function asNumber(value: GobValue | undefined): number {
  if (typeof value === 'number') return value;
  throw new GobError('expected a number');
}
