// What may be stored, deferred or emitted: JSON values.

import { OpsError } from '../errors.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The text at `key` of a snapshot. @throws OpsError `bad-snapshot` when there is none: the snapshot is not one of this event. */
export function textAt(snapshot: JsonObject, key: string): string {
  const value = snapshot[key];
  if (typeof value === 'string') return value;
  throw new OpsError('bad-snapshot', `cannot restore event: its snapshot has no text ${key}`);
}

/** `V` if JSON can hold it, else a type that nothing fits. Objects and arrays in a stored state may be changed in place. */
export type Storable<V> = V extends string | number | boolean | null
  ? V
  : V extends bigint | symbol | undefined | ((...args: never[]) => unknown)
    ? never
    : { [K in keyof V]: Storable<V[K]> };

/**
 * The JSON text of a value.
 *
 * @throws TypeError that names the field which is not a JSON value.
 */
export function jsonText(value: object): string {
  return JSON.stringify(value, function requireJson(this: Readonly<Record<string, unknown>>, key) {
    const field = this[key]; // what is stored, not what a toJSON() would make of it
    if (!isJson(field)) throw new TypeError(`field ${JSON.stringify(key)} holds ${kindOf(field)}, not a JSON value`);
    return field;
  });
}

/** What to do about a value that is not JSON. */
export const JSON_ADVICE = 'Use strings, finite numbers, booleans, null, arrays and plain objects.';

function isJson(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  return Array.isArray(value) || isPlainObject(value);
}

/** Whether it was written as `{}` or made without a prototype; also in another realm, such as one that a test runner makes. */
export function isPlainObject(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A copy at any depth, of this realm where `structuredClone` may make one of another. What is not JSON is taken as it is. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null || !isJson(value)) return value;
  if (Array.isArray(value)) return Array.from(value, copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)])) as T;
}

function kindOf(value: unknown): string {
  return value instanceof Object ? value.constructor.name : String(value);
}
