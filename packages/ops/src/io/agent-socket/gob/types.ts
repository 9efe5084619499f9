// The types that gob knows (Go documentation, package encoding/gob), as far as they can come over the wire.

export const TypeId = {
  bool: 1,
  int: 2,
  uint: 3,
  float: 4,
  bytes: 5,
  string: 6,
  complex: 7,
  wireType: 16,
} as const;

/** Ids below are gob's own. */
export const FIRST_USER_TYPE = 64;

export type GobType =
  | { readonly kind: 'struct'; readonly fields: readonly GobField[] }
  | { readonly kind: 'slice'; readonly element: number }
  | { readonly kind: 'array'; readonly element: number }
  | { readonly kind: 'map'; readonly key: number; readonly element: number }
  | { readonly kind: 'opaque' };

export interface GobField {
  readonly name: string;
  readonly type: number;
}

/** Structs are records that lack the fields with zero values. */
export type GobValue = boolean | number | string | Uint8Array | readonly GobValue[] | GobRecord;
export interface GobRecord {
  readonly [field: string]: GobValue | undefined;
}
