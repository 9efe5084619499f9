// What all parts of a state have in common: they are frozen, and equal when their fields are.

import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from '@charmed/ops/internal';

export abstract class Value {
  /** Whether the other is of the same class and has equal fields. */
  equals(other: unknown): boolean {
    return isDeepStrictEqual(this, other);
  }
}

/** What this module has frozen, and so at any depth. */
const known = new WeakSet();

/** A frozen copy of lists and plain objects, at any depth, with copies of the dates and bytes in them. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || known.has(value)) return value;
  const copy = copyOf(value);
  if (copy !== value) known.add(copy);
  return copy as T;
}

function copyOf(value: object): object {
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (const each of value) copy.push(frozen(each));
    return Object.freeze(copy);
  }
  if (isPlainObject(value)) {
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, frozen(field)])));
  }
  if (value instanceof Date) return new Date(value);
  return value instanceof Uint8Array ? value.slice() : value;
}
