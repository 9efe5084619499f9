// The parameters of an action as JSON schemas of draft 4, as strict as what Juju reads them with (juju/gojsonschema).

import { isMapping, itemsOf, type Place, type Shape } from './place.ts';
import { boolean, count, listOf, number, string } from './shapes.ts';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

// Draft 4; in later drafts they are numbers themselves.
const exclusive: Shape = (place) => {
  if (typeof place.value !== 'boolean') refuse(place, 'must be true or false, beside a limit');
};

const KEYWORDS: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['type', typeKeyword],
  ['title', string],
  ['description', string],
  ['properties', schemas],
  ['patternProperties', patternProperties],
  ['definitions', schemas],
  ['dependencies', dependencies],
  ['additionalProperties', booleanOrSchema],
  ['additionalItems', booleanOrSchema],
  ['items', (place) => (Array.isArray(place.value) ? listOf(jsonSchema)(place) : jsonSchema(place))],
  ['allOf', listOf(jsonSchema)],
  ['anyOf', listOf(jsonSchema)],
  ['oneOf', listOf(jsonSchema)],
  ['not', jsonSchema],
  ['enum', listWithoutRepetitions],
  ['required', required],
  ['pattern', regularExpression],
  ['multipleOf', positive],
  ['minimum', number],
  ['maximum', number],
  ['exclusiveMinimum', exclusive],
  ['exclusiveMaximum', exclusive],
  ['uniqueItems', boolean],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map(
    (name) => [name, count] as const,
  ),
]);

const LIMITS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

const EXCLUSIONS = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

function jsonSchema(place: Place): void {
  if (!isMapping(place.value)) return refuse(place, 'must be a mapping, such as {type: string}');
  checkKeywords(place);
}

/** Checks those of a schema's keywords that are there; what is no keyword may be anything. */
export function checkKeywords(place: Place): void {
  if (!isMapping(place.value)) return;
  for (const [key, value] of Object.entries(place.value)) {
    if (key === '$ref' || key === '$schema')
      refuse(place.field(key), 'is not for actions; write out what it refers to');
    else if (value === null && KEYWORDS.has(key)) refuse(place.field(key), 'has no value; give it one or take it out');
    else KEYWORDS.get(key)?.(place.field(key));
  }
  for (const [exclusion, limit] of EXCLUSIONS) {
    const isAlone = Object.hasOwn(place.value, exclusion) && !Object.hasOwn(place.value, limit);
    if (isAlone) refuse(place.field(exclusion), `needs ${limit} beside it`);
  }
  for (const [least, most] of LIMITS) {
    const [low, high] = [place.value[least], place.value[most]];
    if (typeof low === 'number' && typeof high === 'number' && low > high) {
      refuse(place.field(least), `must not be more than ${most}`);
    }
  }
}

function typeKeyword(place: Place): void {
  const types = Array.isArray(place.value) ? itemsOf(place) : [place];
  for (const type of types) {
    if (!TYPES.includes(type.value as string)) refuse(type, `must be one of ${TYPES.join(', ')}`);
  }
  if (new Set(types.map(({ value }) => value)).size < types.length) refuse(place, 'must not name a type twice');
}

/** A mapping from names to schemas. */
export function schemas(place: Place): void {
  if (!isMapping(place.value)) return refuse(place, 'must be a mapping from names to schemas');
  for (const name of Object.keys(place.value)) {
    if (name === '$ref' || name === '$schema') refuse(place.field(name), 'is not for actions; choose another name');
    else jsonSchema(place.field(name));
  }
}

function patternProperties(place: Place): void {
  schemas(place);
  if (!isMapping(place.value)) return;
  for (const pattern of Object.keys(place.value)) if (!isPattern(pattern)) refuse(place.field(pattern), PATTERN);
}

function dependencies(place: Place): void {
  if (!isMapping(place.value)) return refuse(place, 'must be a mapping');
  for (const name of Object.keys(place.value)) {
    const each = place.field(name);
    if (Array.isArray(each.value)) listOf(string)(each);
    else jsonSchema(each);
  }
}

function booleanOrSchema(place: Place): void {
  if (typeof place.value !== 'boolean') jsonSchema(place);
}

function required(place: Place): void {
  if (!Array.isArray(place.value)) {
    return refuse(place, 'must be a list of names; it stands beside params or properties, not in a parameter');
  }
  listOf(string)(place);
  listWithoutRepetitions(place);
}

function listWithoutRepetitions(place: Place): void {
  if (!Array.isArray(place.value)) return place.mustBe('a list');
  const written = place.value.map((item) => JSON.stringify(item));
  if (new Set(written).size < written.length) refuse(place, 'must not have an item twice');
}

function positive(place: Place): void {
  if (typeof place.value !== 'number' || place.value <= 0) place.mustBe('a number above 0');
}

const PATTERN = 'must be a regular expression that Go and JavaScript read';

function regularExpression(place: Place): void {
  if (typeof place.value !== 'string' || !isPattern(place.value)) refuse(place, PATTERN);
}

// Go's have no look-around and no back-references.
function isPattern(pattern: string): boolean {
  if (/\(\?[=!<]/.test(pattern.replaceAll(/\(\?<\w/g, '')) || /\\[1-9]/.test(pattern)) return false;
  try {
    return RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

function refuse(place: Place, what: string): void {
  place.report('bad-schema', what);
}
