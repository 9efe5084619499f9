// What a charm assumes of Juju: features, and lists of which all or any are needed (juju/charm, assumes/parser.go).

import { isMapping, type Place, type Shape } from './place.ts';
import { listOf } from './shapes.ts';

const FEATURE = /^[a-z][a-z0-9-]*[a-z0-9]$/;
// https://github.com/juju/version: 3, 3.6, 3.6.1, 3.6.1.2, 3.6-beta1
const VERSIONED =
  /^[a-z][a-z0-9-]*[a-z0-9]\s*(?:>=|<)\s*\d{1,9}(?:\.\d{1,9}(?:(?:\.|-[a-z]+)\d{1,9})?(?:\.\d{1,9})?)?$/;

const EXPECTED = 'a feature such as k8s-api, juju >= 3.6 or juju < 4, or a mapping with any-of or all-of';

export const assumes: Shape = (place) => listOf(expression)(place);

function expression(place: Place): void {
  if (typeof place.value === 'string') return feature(place, place.value.trim());
  const keys = isMapping(place.value) ? Object.keys(place.value) : [];
  const [key = ''] = keys;
  if (keys.length !== 1 || (key !== 'any-of' && key !== 'all-of')) return refuse(place);
  listOf(expression)(place.field(key));
}

function feature(place: Place, text: string): void {
  if (!FEATURE.test(text) && !VERSIONED.test(text)) refuse(place);
}

function refuse(place: Place): void {
  place.report('bad-assumes', `must be ${EXPECTED}`);
}
