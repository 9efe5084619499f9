// YAML as charmcraft and Juju read it: a plain value, and for every path into it the place in the text.

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';
import { reasonOf } from '@charmed/ops/internal';
import type { Finding } from './findings.ts';

export type Path = readonly (string | number)[];

export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; for one that is missing, or came in through a merge key, where the key of what should hold it stands. */
  placeOf(path: Path): Position;
  /** Where the key that ends `path` stands. */
  placeOfKey(path: Path): Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export type YamlResult = { readonly document: YamlDocument } | { readonly findings: readonly Finding[] };

// The parser recurses, so its depth is what the size of the text allows.
const MAX_LENGTH = 512 * 1024;

export function readYaml(text: string): YamlResult {
  if (text.length > MAX_LENGTH) {
    return problem({ line: 1, column: 1 }, `the file has ${text.length} characters; at most ${MAX_LENGTH} are read`);
  }
  try {
    return parse(text);
  } catch (error) {
    // Nested too deeply, or with aliases that would expand without end.
    return problem({ line: 1, column: 1 }, `cannot read the YAML: ${reasonOf(error)}`);
  }
}

function parse(text: string): YamlResult {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    customTags: (tags) => [...tags, YAML_1_1_BOOLEAN],
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = document.errors.map(({ pos, message }) => ({
    ...positionAt(pos[0]),
    rule: 'yaml' as const,
    message: `malformed YAML: ${message}`,
  }));
  if (errors.length > 0) return { findings: errors };
  const keys = keysThatAreNotStrings(document).map(({ offset, shown }) => ({
    ...positionAt(offset),
    rule: 'yaml' as const,
    message: `a key must be a string; found ${shown}: write it in quotes`,
  }));
  if (keys.length > 0) return { findings: keys };
  return {
    document: {
      value: document.toJS(),
      placeOf: (path) => {
        const { key, value, depth } = locate(document, path);
        return positionAt(offsetOf(depth === path.length ? value : key));
      },
      placeOfKey: (path) => positionAt(offsetOf(locate(document, path).key)),
    },
  };
}

// charmcraft and Juju read YAML 1.1, where these are booleans too.
const YAML_1_1_BOOLEAN = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$/,
  resolve: (text: string) => /^(?:yes|on)$/i.test(text),
} as const;

function keysThatAreNotStrings(document: Document): readonly { offset: number; shown: string }[] {
  const found: { offset: number; shown: string }[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && (typeof key.value === 'string' || key.source === '<<')) return;
      if (isAlias(key)) return;
      const shown = isScalar(key) ? (key.source ?? 'nothing') : 'a list or mapping';
      found.push({ offset: offsetOf(key as Node | null), shown });
    },
  });
  return found;
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
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
  if (!pair) return undefined;
  const key = pair.key as Node;
  return { key, value: isEmpty(pair.value) ? key : (pair.value as Node) };
}

/** Whether the value is a null that nobody wrote, as in `name:`. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && !value.source);
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function problem(position: Position, message: string): YamlResult {
  return { findings: [{ ...position, rule: 'yaml', message }] };
}
