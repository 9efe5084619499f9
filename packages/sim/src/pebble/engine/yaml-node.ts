// YAML text as a tree that knows lines and tags, which the error texts of gopkg.in/yaml.v3 need. Aliases are followed when somebody looks, so
// that a text which expands to gigabytes costs nothing.

import { OpsError, reasonOf } from '@charmed/ops/internal';
import { LineCounter, type Document, type ParsedNode, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** Thrown for text that is not YAML, or not the YAML that was expected. */
export class YamlError extends OpsError {
  constructor(message: string) {
    super('invalid-yaml', message);
  }
}

interface Source {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** The root of the text, or `undefined` when it holds nothing. @throws YamlError */
export function parseYaml(text: string): YamlNode | undefined {
  const source = parseSource(text);
  const [error] = source.document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error) throw new YamlError(`yaml: line ${source.lines.linePos(error.pos[0]).line}: ${error.message}`);
  const { contents } = source.document;
  return contents === null ? undefined : new YamlNode(source, contents);
}

function parseSource(text: string): Source {
  const lines = new LineCounter();
  try {
    return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
  } catch (error) {
    // Thousands of nested brackets exhaust the parser's stack.
    throw new YamlError(`yaml: cannot parse: ${reasonOf(error)}`);
  }
}

export class YamlNode {
  readonly #source: Source;
  readonly #node: ParsedNode;
  /** Counted from 1. */
  readonly line: number;

  constructor(source: Source, node: ParsedNode) {
    this.#source = source;
    this.line = source.lines.linePos(node.range[0]).line;
    this.#node = isAlias(node) ? resolveAlias(source, node) : node;
  }

  /** The short tag, such as `!!str` or `!!map`. */
  get tag(): string {
    const node = this.#node;
    if (isMap(node)) return '!!map';
    if (isSeq(node)) return '!!seq';
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (value === null) return '!!null';
    if (typeof value === 'boolean') return '!!bool';
    if (typeof value !== 'number' && typeof value !== 'bigint') return '!!str';
    return /^[-+]?(\d+|0[xo][\da-f]+)$/i.test(this.text) ? '!!int' : '!!float';
  }

  /** A scalar as it was written, whatever its tag; '' for null and for anything else. */
  get text(): string {
    const node = this.#node;
    if (!isScalar(node) || node.value === null) return '';
    return typeof node.value === 'string' ? node.value : (node.source ?? '');
  }

  /** The values of a sequence, else none. */
  items(): YamlNode[] {
    const node = this.#node;
    return isSeq(node) ? node.items.map((item) => new YamlNode(this.#source, item)) : [];
  }

  /** The entries of a mapping, else none. What a merge key (`<<`) brings in gives way to what the mapping says itself. */
  entries(): Map<string, YamlNode> {
    return this.#entries([]);
  }

  #entries(within: readonly ParsedNode[]): Map<string, YamlNode> {
    const node = this.#node;
    const own = new Map<string, YamlNode>();
    const merged: YamlNode[] = [];
    if (!isMap(node)) return own;
    if (within.includes(node)) throw new YamlError(`yaml: line ${this.line}: anchor contains itself`);
    for (const { key, value } of node.items) {
      if (value === null) continue;
      const child = new YamlNode(this.#source, value);
      const name = new YamlNode(this.#source, key).text;
      if (name === '<<' && child.tag !== '!!str') merged.push(...(child.tag === '!!seq' ? child.items() : [child]));
      else own.set(name, child);
    }
    const inherited = merged.toReversed().flatMap((each) => [...each.#entries([...within, node])]);
    return new Map([...inherited, ...own]);
  }
}

function resolveAlias({ document, lines }: Source, alias: ParsedNode): ParsedNode {
  const target = isAlias(alias) ? alias.resolve(document) : alias;
  if (target !== undefined) return target as ParsedNode;
  throw new YamlError(`yaml: line ${lines.linePos(alias.range[0]).line}: unknown anchor referenced`);
}
