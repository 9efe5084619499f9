// How simple values of Python look in JSON: tuples and sets are arrays, bytes are base64, and what JSON cannot hold exactly is refused,
// by the name of its field and without its value, which may be a secret.

import type { JsonObject, JsonValue } from '../../framework/json.ts';
import { PythonValueError } from './errors.ts';
import type { PythonDict, PythonSet, PythonValue } from './python-value.ts';

/** Deeper than anyone stores, and far from the end of the stack. */
const MAX_DEPTH = 500;
/** In about bytes. What is referred to often counts each time, so that a short pickle cannot grow without bounds. */
const MAX_SIZE = 64 * 1024 * 1024;
const VALUE_SIZE = 16;

/** The image of a dict. @throws PythonValueError `no-json-image`, also for anything that is no dict. */
export function jsonImage(value: PythonValue): JsonObject {
  if (value instanceof Map) return new Imager().object(value, undefined);
  throw new PythonValueError('no-json-image', 'it is no dict');
}

/** Where a value is, from itself outwards. */
interface Place {
  readonly name: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

class Imager {
  #left = MAX_SIZE;

  object(dict: PythonDict, place: Place | undefined): JsonObject {
    const entries = new Map<string, JsonValue>();
    for (const [key, value] of dict) {
      const name = this.#text(keyText(key, place), place);
      if (entries.has(name)) throw refused(place, `has two keys that are ${JSON.stringify(name)} in JSON`);
      entries.set(name, this.#image(value, inside(place, name)));
    }
    return Object.fromEntries(entries);
  }

  #image(value: PythonValue, place: Place): JsonValue {
    this.#spend(VALUE_SIZE, place);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value === 'bigint') return exact(value, place);
    if (typeof value === 'number') return finite(value, place);
    if (value instanceof Uint8Array) return this.#text(Buffer.from(value).toString('base64'), place);
    if (value instanceof Map) return this.object(value, place);
    return value instanceof Set ? this.#set(value, place) : this.#array(value, place);
  }

  #array(values: readonly PythonValue[], place: Place): JsonValue[] {
    return values.map((value, index) => this.#image(value, inside(place, String(index))));
  }

  // Python gives its elements in any order, another one in each process.
  #set(values: PythonSet, place: Place): JsonValue[] {
    const images = this.#array([...values], place);
    if (images.every((image) => typeof image === 'string')) return images.toSorted();
    return images.every((image) => typeof image === 'number') ? images.toSorted((a, b) => a - b) : images;
  }

  #text(text: string, place: Place | undefined): string {
    this.#spend(text.length, place);
    return text;
  }

  #spend(size: number, place: Place | undefined): void {
    this.#left -= size;
    if (this.#left < 0) throw refused(place, `makes the whole larger than ${MAX_SIZE} bytes`);
  }
}

function inside(parent: Place | undefined, name: string): Place {
  const depth = (parent?.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) throw refused(parent, `is nested more than ${MAX_DEPTH} deep, or holds itself`);
  return { name, parent, depth };
}

// As Python's own `json` writes keys.
function keyText(key: PythonValue, place: Place | undefined): string {
  if (typeof key === 'string') return key;
  if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key);
  throw refused(place, 'has a key that is neither text nor a whole number');
}

function exact(value: bigint, place: Place): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw refused(place, 'is an integer beyond 2^53, which a number of JavaScript does not hold exactly');
}

function finite(value: number, place: Place): number {
  if (Number.isFinite(value)) return value;
  throw refused(place, 'is not a finite number');
}

function refused(place: Place | undefined, reason: string): PythonValueError {
  return new PythonValueError('no-json-image', `${place ? `field ${nameOf(place)}` : 'it'} ${reason}`);
}

function nameOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | undefined = place; at; at = at.parent) names.unshift(at.name);
  return names.length > 8 ? `${names.slice(0, 8).join('.')}...` : names.join('.');
}
