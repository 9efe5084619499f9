// Writes a gob stream of the few flat structs that hook commands are called with.

import { FIRST_USER_TYPE, TypeId } from './types.ts';

/** Ends a struct. */
const END = Buffer.of(0);

export type FieldKind = 'bool' | 'bytes' | 'int' | 'string' | 'strings' | 'uint';

/** A struct type of Go: its name and its fields in order. */
export interface StructType {
  readonly name: string;
  readonly fields: readonly (readonly [name: string, kind: FieldKind])[];
}

export type FieldValue = boolean | number | string | Uint8Array | readonly string[];
export type StructValue = Readonly<Record<string, FieldValue | undefined>>;

export class GobWriter {
  readonly #ids = new Map<StructType | 'strings', number>();

  /** The bytes of one value, behind the definitions that this stream has not had yet. Zero values are left out, as Go does. */
  encode(type: StructType, value: StructValue): Uint8Array {
    const known = this.#ids.get(type);
    const definitions = known === undefined ? this.#define(type) : [];
    const id = int(this.#ids.get(type) ?? 0);
    return Buffer.concat([...definitions, message([id, ...fieldBytes(type, value)])]);
  }

  #define(type: StructType): readonly Uint8Array[] {
    const id = this.#newId(type);
    const needsStrings = type.fields.some(([, kind]) => kind === 'strings') && !this.#ids.has('strings');
    const strings = needsStrings ? [stringsDefinition(this.#newId('strings'))] : [];
    const fields = type.fields.map(([name, kind]) => [name, this.#typeOf(kind)] as const);
    return [...strings, structDefinition(id, type.name, fields)];
  }

  #newId(type: StructType | 'strings'): number {
    const id = FIRST_USER_TYPE + this.#ids.size;
    this.#ids.set(type, id);
    return id;
  }

  #typeOf(kind: FieldKind): number {
    return kind === 'strings' ? (this.#ids.get('strings') ?? 0) : TypeId[kind];
  }
}

function structDefinition(id: number, name: string, fields: readonly (readonly [string, number])[]): Buffer {
  const list = fields.flatMap(([field, type]) => [uint(1), text(field), uint(1), int(type), END]);
  const fieldList = fields.length > 0 ? [uint(1), uint(fields.length), ...list] : [];
  return message([int(-id), uint(3), uint(1), ...common(name, id), ...fieldList, END, END]);
}

function stringsDefinition(id: number): Buffer {
  return message([int(-id), uint(2), uint(1), ...common('[]string', id), uint(1), int(TypeId.string), END, END]);
}

function common(name: string, id: number): readonly Buffer[] {
  return [...(name ? [uint(1), text(name), uint(1)] : [uint(2)]), int(id), END];
}

// Each field is led by its distance from the one before it.
function* fieldBytes(type: StructType, value: StructValue): Generator<Buffer> {
  let previous = -1;
  for (const [index, [name, kind]] of type.fields.entries()) {
    const bytes = valueBytes(kind, value[name]);
    if (bytes === undefined) continue;
    yield uint(index - previous);
    yield bytes;
    previous = index;
  }
  yield END;
}

// `undefined` for zero values.
function valueBytes(kind: FieldKind, value: FieldValue | undefined): Buffer | undefined {
  if (value === undefined || value === false || value === 0) return undefined;
  if (value === true) return uint(1);
  if (typeof value === 'number') return kind === 'uint' ? uint(value) : int(value);
  if (value.length === 0) return undefined;
  if (typeof value === 'string') return text(value);
  if (value instanceof Uint8Array) return sized(value);
  return Buffer.concat([uint(value.length), ...value.map(text)]);
}

function text(value: string): Buffer {
  return sized(Buffer.from(value));
}

function sized(bytes: Uint8Array): Buffer {
  return Buffer.concat([uint(bytes.length), bytes]);
}

function message(parts: readonly Buffer[]): Buffer {
  return sized(Buffer.concat(parts));
}

function int(value: number): Buffer {
  return uint(value < 0 ? -value * 2 - 1 : value * 2);
}

function uint(value: number): Buffer {
  if (value < 128) return Buffer.of(value);
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.of(256 - bytes.length, ...bytes);
}
