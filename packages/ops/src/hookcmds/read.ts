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
  return Object.fromEntries(Object.entries(record(value)).map(([key, entry]) => [key, text(entry)]));
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected a string');
  return value;
}

export function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('expected true or false');
  return value;
}
