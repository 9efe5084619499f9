// What a field of a layer may hold: how it is read, merged over an earlier layer's, and written in the plan. The rules are those of
// Pebble's layer specification; the error texts those of gopkg.in/yaml.v3 and Pebble's own types.

import { formatDuration, parseDuration } from '../duration.ts';
import { parseFloat64 } from './float64.ts';
import { type Fault, LayerError } from './layer-error.ts';
import type { LayerNode, Place } from './node.ts';
import { integerOf } from './plain-scalar.ts';
import { quote } from './quote.ts';

export interface Field<T> {
  /** What the field has been set to; `undefined` when that is the same as leaving it out. */
  decode(node: LayerNode, problems: Problems): T | undefined;
  merge(old: T, next: T): T;
  encode(value: T): unknown;
  /** What is written where nothing is set, if anything is. */
  readonly unset?: unknown;
}

/** One for each key of a configuration `C`, in the order in which Pebble writes them. */
export type Fields<C> = { readonly [K in keyof C]-?: Field<NonNullable<C[K]>> };

/** Gathers what is wrong with a section, so that all of it is reported at once. */
export class Problems {
  readonly #firstLine: number;
  readonly #found: string[] = [];
  readonly #faults: Fault[] = [];

  constructor(section: LayerNode) {
    this.#firstLine = section.line;
  }

  add({ path, line, position }: Place, reason: string): void {
    this.#found.push(`\n  line ${line - this.#firstLine + 1}: ${reason}`);
    this.#faults.push({ path, reason, ...(position && { position }) });
  }

  wrongType(node: LayerNode, expected: string): undefined {
    const value = isScalar(node) ? ` \`${shortened(node.text)}\`` : '';
    this.add(node, `cannot unmarshal ${node.tag}${value} into ${expected}`);
  }

  /** @throws LayerError when there is anything to report. */
  report(): void {
    if (this.#found.length > 0) throw new LayerError(`yaml: unmarshal errors:${this.#found.join('')}`, this.#faults);
  }
}

function shortened(value: string): string {
  return value.length > 10 ? `${value.slice(0, 7)}...` : value;
}

const latest = <T>(_: T, next: T) => next;
const asIs = (value: unknown) => value;
const isScalar = (node: LayerNode) => !['!!map', '!!seq'].includes(node.tag);
// With these, go-yaml gives up at once.
const giveUp = ({ path }: LayerNode, reason: string) => new LayerError(reason, [{ path, reason }]);

/** Any scalar; `goType` is what the error texts call it. */
export function textOf(goType: string): Field<string> {
  return {
    decode: (node, problems) => (isScalar(node) ? node.text || undefined : problems.wrongType(node, goType)),
    merge: latest,
    encode: asIs,
  };
}

export const text: Field<string> = textOf('string');

/** Stays what the first layer said: it is about that layer alone. */
export const override: Field<string> = { ...textOf('plan.Override'), merge: (old) => old };

/** Any whole number; 0 counts. Of others, go-yaml drops what is behind the point. */
export const integer: Field<number> = {
  decode(node, problems) {
    if (node.tag === '!!null') return undefined;
    const value = ['!!int', '!!float'].includes(node.tag) ? integerOf(node.text) : undefined;
    return value ?? problems.wrongType(node, 'int');
  },
  merge: latest,
  encode: asIs,
};

/** A whole number for which 0 means not set. */
export const count: Field<number> = {
  ...integer,
  decode: (node, problems) => integer.decode(node, problems) || undefined,
};

export const duration: Field<number> = {
  decode(node) {
    if (node.tag === '!!null') return undefined;
    if (!isScalar(node)) throw giveUp(node, 'duration must be a YAML string');
    const ms = parseDuration(node.text);
    if (ms === undefined) throw giveUp(node, `invalid duration ${quote(node.text)}`);
    return ms;
  },
  merge: latest,
  encode: formatDuration,
};

export const factor: Field<number> = {
  decode(node) {
    if (node.tag === '!!null') return undefined;
    if (!isScalar(node)) throw giveUp(node, 'value must be a YAML number');
    const value = parseFloat64(node.text);
    if (value === undefined) throw giveUp(node, `invalid floating-point number ${quote(node.text)}`);
    return value;
  },
  merge: latest,
  encode: asIs,
};

/** Merging appends, and keeps what is there twice. */
export const list: Field<readonly string[]> = {
  decode(node, problems) {
    if (node.tag === '!!null') return undefined;
    if (node.tag !== '!!seq') return problems.wrongType(node, '[]string');
    // go-yaml leaves out what is null.
    const set = node.items().filter(({ tag }) => tag !== '!!null');
    const items = set.map((item) => text.decode(item, problems) ?? '');
    return items.length > 0 ? items : undefined;
  },
  merge: (old, next) => [...old, ...next],
  encode: asIs,
};

/** A list that is written also when there is nothing in it. */
export const shownList: Field<readonly string[]> = { ...list, unset: [] };

/** A mapping to texts. */
export function dictionaryOf(goType: string): Field<Readonly<Record<string, string>>> {
  const value = textOf(goType);
  return {
    decode(node, problems) {
      if (node.tag === '!!null') return undefined;
      if (node.tag !== '!!map') return problems.wrongType(node, `map[string]${goType}`);
      const entries = [...node.entries()].map(([key, each]) => [key, value.decode(each, problems) ?? ''] as const);
      return entries.length > 0 ? Object.fromEntries(entries) : undefined;
    },
    merge: (old, next) => ({ ...old, ...next }),
    encode: (entries) => Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export const dictionary: Field<Readonly<Record<string, string>>> = dictionaryOf('string');

/** A mapping with fields of its own; `goType` is what the error texts call it. */
export function group<C extends object>(fields: Fields<C>, goType: string): Field<C> {
  return {
    decode(node, problems) {
      if (node.tag === '!!null') return undefined;
      return node.tag === '!!map' ? decodeFields(fields, goType, node, problems) : problems.wrongType(node, goType);
    },
    merge: (old, next) => mergeFields(fields, old, next),
    encode: (value) => encodeFields(fields, value),
  };
}

type AnyFields = Readonly<Record<string, Field<unknown>>>;
type AnyConfig = Readonly<Record<string, unknown>>;

function decodeFields<C extends object>(fields: Fields<C>, goType: string, node: LayerNode, problems: Problems): C {
  const config: Record<string, unknown> = {};
  for (const [key, value] of node.entries()) {
    const field = Object.hasOwn(fields, key) ? (fields as AnyFields)[key] : undefined;
    if (field === undefined) problems.add(value.key ?? value, `field ${key} not found in type ${goType}`);
    const decoded = field?.decode(value, problems);
    if (decoded !== undefined) config[key] = decoded;
  }
  return config as C;
}

function mergeFields<C extends object>(fields: Fields<C>, old: C, next: C): C {
  const merged: Record<string, unknown> = { ...(old as AnyConfig) };
  for (const [key, value] of Object.entries(next as AnyConfig)) {
    const before = merged[key];
    merged[key] = before === undefined ? value : (fields as AnyFields)[key]?.merge(before, value);
  }
  return merged as C;
}

function encodeFields<C extends object>(fields: Fields<C>, config: C): Record<string, unknown> {
  const written = Object.entries(fields as AnyFields).map(([key, { encode, unset }]) => {
    const value = (config as AnyConfig)[key];
    return [key, value === undefined ? unset : encode(value)] as const;
  });
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}
