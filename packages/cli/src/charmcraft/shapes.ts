// The vocabulary of the checks: text, numbers, lists, mappings with known fields, mappings with entries of a kind.

import type { NameRule } from './names.ts';
import { isMapping, type Place, type Shape } from './place.ts';

export const anything: Shape = () => {};

export const text: Shape = (place) => {
  if (typeof place.value !== 'string' || place.value.trim() === '') place.mustBe('a text');
};

export const boolean: Shape = (place) => {
  if (typeof place.value !== 'boolean') place.mustBe('true or false');
};

export const integer: Shape = (place) => {
  if (!Number.isInteger(place.value)) place.mustBe('an integer');
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

export function textOrListOfTexts(place: Place): void {
  if (Array.isArray(place.value)) listOf(text)(place);
  else text(place);
}

export interface FieldOptions {
  readonly required?: readonly string[];
  /** Whether fields that are not listed pass. Default: false. */
  readonly open?: boolean;
}

/** A mapping with these fields. A field without a value counts as absent, a missing mapping as an empty one. */
export function fields(shapes: Readonly<Record<string, Shape>>, options: FieldOptions = {}): Shape {
  const known = new Map(Object.entries(shapes));
  return (place) => {
    const given = place.value ?? {};
    if (!isMapping(given)) return place.mustBe('a mapping');
    for (const [key, value] of Object.entries(given)) {
      const shape = known.get(key);
      if (shape && value !== null) shape(place.field(key));
      if (!shape && !options.open)
        place.field(key).reportKey('unknown-key', `is not a known key; expected ${listed(known.keys())}`);
    }
    for (const key of options.required ?? []) {
      if (given[key] === undefined || given[key] === null) place.field(key).report('missing-key', 'is missing');
    }
  };
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

function listed(names: Iterable<string>): string {
  return [...names].join(', ');
}
