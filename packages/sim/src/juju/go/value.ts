// Values as a Go program has them. A plain object is a struct, whose fields keep their order; a Map is a map, which is printed sorted; an
// array is a list of text, unless it is an {@link AnyList}.

/** What a Go program knows as a map, not a struct. */
export function goMap<T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(record));
}

/** Data from outside, in which all is maps and lists of anything. */
export function goData(value: unknown): unknown {
  if (Array.isArray(value)) return new AnyList(value.map(goData));
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, entry]) => [key, goData(entry)]));
}

/** A list of anything: `smart` prints it as YAML, even if all in it is text. */
export class AnyList {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** A number that is a float also when it is whole. */
export class GoFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}
