// Checks on the JSON that Pebble answers with.

import { PebbleProtocolError } from './errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** @throws PebbleProtocolError when the value is not a mapping. */
export function fields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new PebbleProtocolError(`cannot read Pebble's answer to ${what}: expected a mapping`);
}

/** Nothing at all counts as an empty list, as Go prints it. @throws PebbleProtocolError when the value is not a list. */
export function entries(value: unknown, what: string): readonly Fields[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((entry) => fields(entry, what));
  throw new PebbleProtocolError(`cannot read Pebble's answer to ${what}: expected a list`);
}

/** The text of a field; empty when it is missing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
