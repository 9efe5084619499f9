// How types travel: a definition is itself a value, of types that need no definition (encoding/gob, type wireType and below).

import { GobError } from './errors.ts';
import { TypeId, type GobRecord, type GobType, type GobValue } from './types.ts';

/** The types that a definition is made of. */
export const WIRE_TYPES: ReadonlyMap<number, GobType> = new Map([
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

function struct(...fields: readonly (readonly [string, number])[]): GobType {
  return { kind: 'struct', fields: fields.map(([name, type]) => ({ name, type })) };
}

/** The type that a definition defines. @throws GobError */
export function typeFrom(definition: GobValue): GobType {
  const wire = asRecord(definition);
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

export function asRecord(value: GobValue): GobRecord {
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
