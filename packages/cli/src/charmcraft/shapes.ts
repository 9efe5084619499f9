// The vocabulary of the checks: text, numbers, lists, mappings with known fields, mappings with entries of a kind.

import type { NameRule } from './names.ts';
import { isMapping, type Place, type Shape } from './place.ts';

export const anything: Shape = () => {};

/** A text that may be empty. */
export const string: Shape = (place) => {
  if (typeof place.value !== 'string') place.mustBe('a text');
};

export const text: Shape = (place) => {
  if (typeof place.value !== 'string' || place.value.trim() === '') place.mustBe('a text');
};

export const boolean: Shape = (place) => {
  if (typeof place.value !== 'boolean') place.mustBe('true or false');
};

export const integer: Shape = (place) => {
  if (!Number.isSafeInteger(place.value)) place.mustBe('an integer');
};

export const count: Shape = (place) => {
  if (!Number.isSafeInteger(place.value) || Number(place.value) < 0) place.mustBe('an integer that is not negative');
};

export const number: Shape = (place) => {
  if (!Number.isFinite(place.value)) place.mustBe('a number');
};

export const mapping: Shape = (place) => {
  if (!isMapping(place.value)) place.mustBe('a mapping');
};

export function oneOf(...values: readonly string[]): Shape {
  return (place) => {
    if (values.includes(place.value as string)) return;
    place.mustBe(values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`);
  };
}

/** A text of a certain form. */
export function matching(pattern: RegExp, expected: string): Shape {
  return (place) => {
    if (typeof place.value !== 'string' || !pattern.test(place.value)) place.mustBe(expected);
  };
}

/** A text that is a name by the rule. */
export function named(rule: NameRule): Shape {
  return (place) => {
    if (typeof place.value !== 'string' || !rule.accepts(place.value)) place.mustBe(rule.expected);
  };
}

export function listOf(shape: Shape): Shape {
  return (place) => {
    if (!Array.isArray(place.value)) return place.mustBe('a list');
    place.value.forEach((_, index) => shape(place.item(index)));
  };
}

export function nullable(shape: Shape): Shape {
  return (place) => {
    if (place.value !== null) shape(place);
  };
}

/** One of it, or a list of them. */
export function oneOrMore(shape: Shape): Shape {
  return (place) => (Array.isArray(place.value) ? listOf(shape)(place) : shape(place));
}

export const url: Shape = (place) => {
  const isUrl =
    typeof place.value === 'string' && /^https?:\/\/[^\s/?#]/i.test(place.value) && URL.canParse(place.value);
  if (!isUrl) place.mustBe('an address that begins with https://');
};

export interface FieldOptions {
  readonly required?: readonly string[];
  /** Whether the mapping and its fields may have a key and no value, which counts as absent. Juju takes that for few. Default: true. */
  readonly mayBeEmpty?: boolean;
  /** What fields that are not listed are: refused, read by nobody, or anything. Default: `refused`. */
  readonly others?: 'refused' | 'ignored' | 'anything';
}

/** A mapping with these fields; a missing mapping counts as an empty one. */
export function fields(shapes: Readonly<Record<string, Shape>>, options: FieldOptions = {}): Shape {
  const known = new Map(Object.entries(shapes));
  return (place) => {
    const given = options.mayBeEmpty === false ? place.value : (place.value ?? {});
    if (!isMapping(given)) return place.mustBe(given === null ? 'a mapping, if only {}' : 'a mapping');
    for (const [key, value] of Object.entries(given)) {
      const shape = known.get(key);
      if (shape && (value !== null || options.mayBeEmpty === false)) shape(place.field(key));
      if (!shape) reportOther(place.field(key), options.others, known.keys());
    }
    for (const key of options.required ?? []) {
      if (given[key] === undefined || given[key] === null) place.field(key).report('missing-key', 'is missing');
    }
  };
}

function reportOther(place: Place, others: FieldOptions['others'] = 'refused', known: Iterable<string>): void {
  if (others === 'refused') place.reportKey('unknown-key', `is not a known key; expected ${listed(known)}`);
  if (others === 'ignored') place.reportKey('ignored-key', `is not read by Juju; it knows ${briefly(known)}`);
}

/** A mapping from names to things of one kind. */
export function entries(kind: string, rule: NameRule, shape: Shape): Shape {
  return (place) => {
    if (!isMapping(place.value)) return place.mustBe(`a mapping from the name of each ${kind} to what it is`);
    for (const name of Object.keys(place.value)) {
      const entry = place.entry(kind, name);
      if (!rule.accepts(name)) entry.reportKey('bad-name', `its name must be ${rule.expected}`);
      shape(entry);
    }
  };
}

/** Where there are many, those with which it begins. */
function briefly(names: Iterable<string>): string {
  const all = [...names];
  return all.length > 10 ? `${listed(all.slice(0, 5))} and others` : listed(all);
}

function listed(names: Iterable<string>): string {
  return [...names].join(', ');
}
