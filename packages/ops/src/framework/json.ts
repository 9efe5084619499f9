// What may be stored, deferred or sent: JSON values.

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The text at `key` of a snapshot. @throws TypeError when there is none: the snapshot is not one of this event. */
export function textAt(snapshot: JsonObject, key: string): string {
  const value = snapshot[key];
  if (typeof value === 'string') return value;
  throw new TypeError(`cannot restore event: its snapshot has no text ${key}`);
}
