// Checks on the JSON that hook commands answer with.

export function stringList(value: unknown): readonly string[] {
  return list(value).map(text);
}

export function list(value: unknown): readonly unknown[] {
  if (value === null) return []; // how Go prints an empty list
  if (!Array.isArray(value)) throw new TypeError('expected a list');
  return value;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null) return {}; // how Go prints an empty map
  if (typeof value !== 'object' || Array.isArray(value)) throw new TypeError('expected a mapping');
  return value as Readonly<Record<string, unknown>>;
}

export function stringRecord(value: unknown): Readonly<Record<string, string>> {
  return recordOf(value, text);
}

export function recordOf<T>(value: unknown, read: (entry: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, entry]) => [key, read(entry)]));
}

export function optional<T>(value: unknown, read: (present: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected a string');
  return value;
}

export function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('expected true or false');
  return value;
}

export function count(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError('expected a whole number');
}

/** A time as Go prints it, in RFC 3339 with up to nine decimals, of which a Date keeps three; or, in goal-state, with a space. */
export function date(value: unknown): Date {
  const time = new Date(text(value).replace(/(\.\d{3})\d+/, '$1'));
  if (Number.isNaN(time.getTime())) throw new TypeError('expected a time');
  return time;
}
