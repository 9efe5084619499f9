// YAML files of settings, which some commands take: a mapping of text, as go-yaml reads it into a map[string]string.

import { isAlias, isMap, isScalar, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml';
import type { Settings } from './context/relation.ts';
import { HookContextError } from './hook-context.ts';
import { yamlTag } from './go/yaml-resolve.ts';

/** Of scalars that are not text, the spelling counts; null is empty text. @throws HookContextError for all that is no such mapping. */
export function settingsFrom(text: string): Settings {
  if (CONTROL.test(text)) throw new HookContextError('yaml: control characters are not allowed');
  const lines = new LineCounter();
  const [document] = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    lineCounter: lines,
    uniqueKeys: false,
  });
  if (document === undefined || !('contents' in document) || document.contents === null) return {};
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    throw new HookContextError(`yaml: line ${line}: ${error.message.split('\n', 1)[0]}`);
  }
  return new SettingsReader(document, (node) => lines.linePos(node.range?.[0] ?? 0).line).read(document.contents);
}

const CONTROL = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

class SettingsReader {
  readonly #document: Document.Parsed;
  readonly #lineOf: (node: Node) => number;
  readonly #complaints: string[] = [];

  constructor(document: Document.Parsed, lineOf: (node: Node) => number) {
    this.#document = document;
    this.#lineOf = lineOf;
  }

  read(root: Node): Settings {
    const entries = this.#entries(root);
    if (this.#complaints.length === 0) return Object.fromEntries(entries);
    throw new HookContextError(`yaml: unmarshal errors:\n${this.#complaints.join('\n')}`);
  }

  #entries(root: Node): [string, string][] {
    if (isScalar(root) && tagOf(root) === '!!null') return [];
    if (!isMap<Node, Node | null>(root)) {
      this.#complain(root, 'map[string]string');
      return [];
    }
    return root.items.flatMap(({ key, value }): [string, string][] => {
      const [name, setting] = [this.#text(key), this.#text(value)];
      return name === undefined || setting === undefined ? [] : [[name, setting]];
    });
  }

  #text(node: Node | null): string | undefined {
    if (node === null) return '';
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isScalar(target)) return tagOf(target) === '!!null' ? '' : String(target.value);
    if (target) this.#complain(target, 'string');
    return undefined;
  }

  #complain(node: Node, expected: string): void {
    const shown = isScalar(node) ? ` \`${shortened(String(node.value))}\`` : '';
    this.#complaints.push(`  line ${this.#lineOf(node)}: cannot unmarshal ${tagOf(node)}${shown} into ${expected}`);
  }
}

function tagOf(node: Node): string {
  if (!isScalar(node)) return isMap(node) ? '!!map' : '!!seq';
  return node.type === 'PLAIN' ? yamlTag(String(node.value)) : '!!str';
}

function shortened(text: string): string {
  return Buffer.byteLength(text) > 10 ? `${Buffer.from(text).subarray(0, 7).toString()}...` : text;
}
