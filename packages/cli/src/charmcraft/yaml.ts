// The text of a YAML file, parsed by the rules of YAML 1.1, which charmcraft (PyYAML) and Juju (Go's yaml.v2) read.

import {
  LineCounter,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Tags,
  type YAMLMap,
} from 'yaml';
import { reasonOf } from '@charmed/ops/internal';

export interface PlaceInText {
  readonly line: number;
  readonly column: number;
}

interface Problem extends PlaceInText {
  readonly message: string;
}

interface Parsed {
  readonly document: Document;
  readonly value: unknown;
  /** The place of an offset in the text. */
  readonly placeAt: (offset: number) => PlaceInText;
}

// The parser recurses, so its depth is what the size of the text allows.
const MAX_BYTES = 256 * 1024;

/** Of nodes: a pair and its value are two. */
const MAX_DEPTH = 200;

const TOP: PlaceInText = { line: 1, column: 1 };

export function parseYaml(bytes: Uint8Array): Parsed | { readonly problems: readonly Problem[] } {
  if (bytes.length > MAX_BYTES) {
    return { problems: [{ ...TOP, message: `the file has ${bytes.length} bytes; at most ${MAX_BYTES} are read` }] };
  }
  const text = new TextDecoder().decode(bytes);
  const unreadable = unreadableIn(text);
  if (unreadable) return { problems: [unreadable] };
  try {
    return parsed(text);
  } catch (error) {
    // Nested too deeply, or with aliases that would expand without end.
    return { problems: [{ ...TOP, message: `cannot read the YAML: ${reasonOf(error)}` }] };
  }
}

/** What YAML does not allow in a text at all. Bytes that are no UTF-8 have become U+FFFD. */
const FORBIDDEN = /[^\t\n\r\x20-\x7E\x85\u{A0}-\u{D7FF}\u{E000}-\u{FFFC}\u{10000}-\u{10FFFF}]/u;

function unreadableIn(text: string): Problem | undefined {
  const index = text.search(FORBIDDEN);
  if (index < 0) return undefined;
  const before = text.slice(0, index).split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const code = text.codePointAt(index) ?? 0;
  if (code === 0xfffd) return { ...place, message: 'the text is not UTF-8 here; save the file as UTF-8' };
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { ...place, message: `YAML does not allow the character ${name}; take it out` };
}

function parsed(text: string): Parsed | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.1',
    merge: true,
    uniqueKeys: false, // looked for below: the parser compares each key with each other
    customTags,
  });
  const placeAt = (offset: number): PlaceInText => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [
    ...document.errors.map(({ pos, code, message }) => ({ ...placeAt(pos[0]), message: problemText(code, message) })),
    ...document.warnings.map(({ pos, message }) => ({ ...placeAt(pos[0]), message: `malformed YAML: ${message}` })),
  ];
  if (problems.length > 0) return { problems };
  const unusable = unusableIn(document).map(({ offset, message }) => ({ ...placeAt(offset), message }));
  if (unusable.length > 0) return { problems: unusable };
  return { document, value: document.toJS(), placeAt };
}

function problemText(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'malformed YAML: a tab indents the line; use spaces';
  return `malformed YAML: ${message}`;
}

/** What YAML 1.1 could make of plain text beyond JSON's values, and nobody means in a charm. */
const UNUSED: ReadonlySet<string> = new Set(
  ['bool', 'binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

function customTags(tags: Tags): Tags {
  return [...tags.filter((tag) => typeof tag === 'string' || !UNUSED.has(tag.tag)), BOOLEAN];
}

// PyYAML's booleans; `y` and `n` are texts.
const BOOLEAN = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
  resolve: (text: string) => /^(?:yes|on|true)$/i.test(text),
} as const;

/** What YAML allows and no JSON can hold, or no charm needs. */
function unusableIn(document: Document): readonly { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  const report = (node: unknown, message: string) => {
    found.push({ offset: (node as Node | null)?.range?.[0] ?? 0, message });
  };
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && (typeof key.value === 'string' || key.source === '<<')) return;
      if (isAlias(key)) return;
      const shown = isScalar(key) ? (key.source ?? 'nothing') : 'a list or mapping';
      report(key, `a key must be a string; found ${shown}: write it in quotes`);
    },
    Alias: (_, alias, path) => {
      const isWithin = path.some((each) => isCollection(each) && each.anchor === alias.source);
      if (isWithin) report(alias, `*${alias.source} is part of what it stands for; write it out`);
    },
    Collection: (_, collection, path) => {
      if (isMap(collection)) for (const key of repeatedKeys(collection)) report(key, TWICE);
      if (path.length <= MAX_DEPTH) return undefined;
      report(collection, `it is nested more than ${MAX_DEPTH / 2} times`);
      return visit.BREAK;
    },
  });
  return found;
}

const TWICE = 'the key is there twice (keys must be unique); take one out';

function repeatedKeys(map: YAMLMap): readonly unknown[] {
  const seen = new Set<unknown>();
  return map.items
    .map(({ key }) => key)
    .filter((key) => {
      if (!isScalar(key) || key.source === '<<') return false;
      const isRepeated = seen.has(key.value);
      seen.add(key.value);
      return isRepeated;
    });
}
