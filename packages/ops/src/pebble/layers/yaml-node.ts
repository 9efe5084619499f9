// YAML text as a tree that knows lines and tags, as gopkg.in/yaml.v3 sees them. Aliases are followed when somebody looks, so that a text
// which expands to gigabytes costs nothing. This file loads the parser; nothing else does.

import {
  LineCounter,
  type Document,
  type ParsedNode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
} from 'yaml';
import { reasonOf } from '../../errors.ts';
import { LayerError, type Path, type Position } from './layer-error.ts';
import type { LayerNode, Tag } from './node.ts';
import { plainTag } from './plain-scalar.ts';

interface Source {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const EXPLICIT_TAGS: Readonly<Record<string, Tag>> = Object.fromEntries(
  (['!!null', '!!bool', '!!int', '!!float', '!!str'] as const).map((tag) => [`tag:yaml.org,2002:${tag.slice(2)}`, tag]),
);

/** The root of the text, or `undefined` when it holds nothing. @throws LayerError */
export function parseYaml(text: string): YamlNode | undefined {
  const source = parseSource(text);
  const [error] = source.document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error) throw yamlError(positionOf(source, error.pos[0]), error.message);
  const { contents } = source.document;
  return contents === null ? undefined : new YamlNode(source, contents, []);
}

function parseSource(text: string): Source {
  const lines = new LineCounter();
  try {
    // Tags are for this file to find: go-yaml and the parser do not agree on all of them.
    return {
      document: parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'failsafe', logLevel: 'error' }),
      lines,
    };
  } catch (error) {
    // Thousands of nested brackets exhaust the parser's stack.
    const reason = `cannot parse: ${reasonOf(error)}`;
    throw new LayerError(`yaml: ${reason}`, [{ path: [], reason }]);
  }
}

export class YamlNode implements LayerNode {
  readonly #source: Source;
  readonly #node: ParsedNode;
  readonly path: Path;
  readonly position: Position;
  readonly key: LayerNode | undefined;

  constructor(source: Source, node: ParsedNode, path: Path, key?: YamlNode) {
    this.key = key;
    this.#source = source;
    this.path = path;
    this.position = positionOf(source, node.range[0]);
    this.#node = isAlias(node) ? resolveAlias(source, node) : node;
  }

  get line(): number {
    return this.position.line;
  }

  get tag(): Tag {
    const node = this.#node;
    if (isMap(node)) return '!!map';
    if (isSeq(node)) return '!!seq';
    if (!isScalar(node)) return '!!str';
    const explicit = EXPLICIT_TAGS[node.tag ?? ''];
    if (explicit !== undefined) return explicit;
    return node.type === 'PLAIN' ? plainTag(this.#written) : '!!str';
  }

  get text(): string {
    return this.tag === '!!null' ? '' : this.#written;
  }

  get #written(): string {
    const node = this.#node;
    return isScalar(node) && typeof node.value === 'string' ? node.value : '';
  }

  items(): YamlNode[] {
    const node = this.#node;
    if (!isSeq(node)) return [];
    return node.items.map((item, index) => new YamlNode(this.#source, item, [...this.path, String(index)]));
  }

  /** What a merge key (`<<`) brings in gives way to what the mapping says itself. */
  entries(): Map<string, YamlNode> {
    return this.#entries([]);
  }

  #notText(): LayerError {
    const { path, position, tag, line } = this;
    const reason = `cannot unmarshal ${tag} into string`;
    return new LayerError(`yaml: unmarshal errors:\n  line ${line}: ${reason}`, [{ path, reason, position }]);
  }

  #entries(within: readonly ParsedNode[]): Map<string, YamlNode> {
    const node = this.#node;
    const own = new Map<string, YamlNode>();
    const merged: YamlNode[] = [];
    if (!isMap(node)) return own;
    if (within.includes(node)) throw yamlError(this.position, 'anchor contains itself');
    for (const { key, value } of node.items) {
      const written = new YamlNode(this.#source, key, this.path);
      // go-yaml leaves them out.
      if (written.tag === '!!null') continue;
      if (!isScalar(written.#node)) throw written.#notText();
      const name = written.#written;
      const place = new YamlNode(this.#source, key, [...this.path, name]);
      // A key that stands alone has the value null.
      const child = new YamlNode(this.#source, value ?? emptyAfter(key), place.path, place);
      if (name === '<<' && child.tag !== '!!str') merged.push(...(child.tag === '!!seq' ? child.items() : [child]));
      else own.set(name, child);
    }
    const inherited = merged.toReversed().flatMap((each) => [...each.#entries([...within, node])]);
    return new Map([...inherited, ...own]);
  }
}

function emptyAfter({ range }: ParsedNode): ParsedNode {
  return Object.assign(new Scalar(''), { type: 'PLAIN', range }) as ParsedNode;
}

function resolveAlias(source: Source, alias: ParsedNode): ParsedNode {
  const target = isAlias(alias) ? alias.resolve(source.document) : alias;
  if (target !== undefined) return target as ParsedNode;
  throw yamlError(positionOf(source, alias.range[0]), 'unknown anchor referenced');
}

function positionOf({ lines }: Source, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function yamlError(position: Position, reason: string): LayerError {
  return new LayerError(`yaml: line ${position.line}: ${reason}`, [{ path: [], reason, position }]);
}
