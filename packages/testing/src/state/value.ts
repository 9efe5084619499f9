// What all parts of a state have in common: they are frozen, and equal when their fields are.

import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from '@charmed/ops/internal';

export abstract class Value {
  /** Whether the other is of the same class and has equal fields. */
  equals(other: unknown): boolean {
    return isDeepStrictEqual(this, other);
  }
}

/** A frozen copy of lists and plain objects, at any depth. What is frozen already is taken as it is. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(Array.from(value, frozen)) as T;
  if (!isPlainObject(value)) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, frozen(field)]))) as T;
}
