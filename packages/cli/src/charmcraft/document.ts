// YAML as charmcraft and Juju read it: a plain value, and for every path into it the place in the text.

import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Finding, Position } from '../findings/finding.ts';
import { parseYaml, type PlaceInText } from './yaml.ts';

export type Path = readonly (string | number)[];

export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; for one that is missing, or came in through a merge key, where the key of what should hold it stands. */
  placeOf(path: Path): Position;
  /** Where the key that ends `path` stands. */
  placeOfKey(path: Path): Position;
}

export type YamlResult = { readonly document: YamlDocument } | { readonly findings: readonly Finding[] };

/** @param file how the findings call it. */
export function readYaml(file: string, bytes: Uint8Array): YamlResult {
  const parsed = parseYaml(bytes);
  if ('problems' in parsed) {
    return { findings: parsed.problems.map(({ message, ...place }) => ({ file, ...place, rule: 'yaml', message })) };
  }
  const { document, value, placeAt } = parsed;
  const at = (node: Node | null): Position => ({ file, ...placeAt(offsetOf(node)) });
  return {
    document: {
      value,
      placeOf: (path) => {
        const { key, value: found, depth } = locate(document, path);
        return at(depth === path.length ? found : key);
      },
      placeOfKey: (path) => at(locate(document, path).key),
    },
  };
}

/** Several documents as one: each key of the top from the one that has it. */
export function joined(documents: ReadonlyMap<string, Owner>, missing: PlaceInText & { file: string }): YamlDocument {
  const ownerOf = (path: Path) => documents.get(String(path[0]));
  const inOwner = (path: Path, place: 'placeOf' | 'placeOfKey') => {
    const owner = ownerOf(path);
    return owner ? owner.document[place](path.slice(owner.isWhole ? 1 : 0)) : missing;
  };
  const value = Object.fromEntries(
    [...documents].map(([key, { document, isWhole }]) => [
      key,
      isWhole ? document.value : Reflect.get(Object(document.value), key),
    ]),
  );
  return { value, placeOf: (path) => inOwner(path, 'placeOf'), placeOfKey: (path) => inOwner(path, 'placeOfKey') };
}

/** The document that a key of the top comes from. */
export interface Owner {
  readonly document: YamlDocument;
  /** Whether all of the document is the value of the key. */
  readonly isWhole: boolean;
}

interface Located {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** The nodes at a path, or as far along it as the text has them. */
function locate(document: Document, path: Path): Located & { readonly depth: number } {
  let found: Located = { key: document.contents, value: document.contents };
  for (const [depth, step] of path.entries()) {
    const next = stepInto(document, found.value, step);
    if (!next) return { ...found, depth };
    found = next;
  }
  return { ...found, depth: path.length };
}

function stepInto(document: Document, from: Node | null, step: string | number): Located | undefined {
  const node = isAlias(from) ? (from.resolve(document) ?? null) : from;
  if (isSeq(node)) {
    const item = node.items[Number(step)] as Node | undefined;
    return item && { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = pairsOf(node).get(step);
  if (!pair) return undefined;
  const key = pair.key as Node;
  return { key, value: isEmpty(pair.value) ? key : (pair.value as Node) };
}

const indexes = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** The pairs of a mapping by key. A file may have thousands of findings. */
function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const index =
    indexes.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair.key, pair]));
  indexes.set(map, index);
  return index;
}

/** Whether the value is a null that nobody wrote, as in `name:`. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && !value.source);
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
