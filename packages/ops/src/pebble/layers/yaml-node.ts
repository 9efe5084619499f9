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

  constructor(source: Source, node: ParsedNode, path: Path) {
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
    return isScalar(node) && node.type === 'PLAIN' ? plainTag(this.text) : '!!str';
  }

  get text(): string {
    const node = this.#node;
    if (!isScalar(node)) return '';
    const value = typeof node.value === 'string' ? node.value : '';
    return node.type === 'PLAIN' && plainTag(value) === '!!null' ? '' : value;
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

  #entries(within: readonly ParsedNode[]): Map<string, YamlNode> {
    const node = this.#node;
    const own = new Map<string, YamlNode>();
    const merged: YamlNode[] = [];
    if (!isMap(node)) return own;
    if (within.includes(node)) throw yamlError(this.position, 'anchor contains itself');
    for (const { key, value } of node.items) {
      const name = new YamlNode(this.#source, key, this.path).text;
      // A key that stands alone has the value null.
      const child = new YamlNode(this.#source, value ?? emptyAfter(key), [...this.path, name]);
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
