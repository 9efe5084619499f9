// Checks on the values that Pebble answers with.

import { PebbleProtocolError } from './errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unexpected('a mapping', value);
}

/** Nothing at all counts as an empty list, as Go prints it. */
export function listOf<T>(value: unknown, read: (entry: unknown) => T): readonly T[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw unexpected('a list', value);
  return value.map(read);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpected('text', value);
}

/** A mapping from text to text. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  const fields = fieldsOf(value);
  return Object.fromEntries(Object.entries(fields).map(([key, entry]) => [key, textOf(entry)]));
}

export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  throw unexpected('a number', value);
}

export function flagOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw unexpected('true or false', value);
}

/** RFC 3339; what is finer than a millisecond is dropped. */
export function timeOf(value: unknown): Date {
  const time = new Date(textOf(value));
  if (!Number.isNaN(time.getTime())) return time;
  throw unexpected('a time', value);
}

/** `read`, unless Pebble left the field out or null. */
export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

function unexpected(expected: string, value: unknown): PebbleProtocolError {
  const shown = JSON.stringify(value)?.slice(0, 100) ?? 'nothing';
  return new PebbleProtocolError(`cannot read Pebble's answer: expected ${expected}, found ${shown}`);
}
