// Python code as a tree, and how to walk it. Nothing of it is run.

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

export interface PythonFile {
  /** Relative to the project. */
  readonly file: string;
  readonly code: string;
  readonly root: SyntaxNode;
}

/** Where something stands in the Python project. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Argument {
  /** Of a keyword argument. */
  readonly name: string | undefined;
  readonly value: SyntaxNode;
}

const PUNCTUATION: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', 'Comment']);

export function parsePython(file: string, code: string): PythonFile {
  return { file, code, root: parser.parse(code).topNode };
}

export function textOf(node: SyntaxNode, { code }: PythonFile): string {
  return code.slice(node.from, node.to);
}

export function placeOf(node: SyntaxNode, { file, code }: PythonFile): Place {
  return { file, line: code.slice(0, node.from).split('\n').length };
}

/** All but brackets, commas and the like. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!PUNCTUATION.has(child.name)) parts.push(child);
  return parts;
}

/** Every node of these names in a tree, in the order of the code; of one within another, both. */
export function nodesOf(root: SyntaxNode, ...names: readonly string[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate(({ node }) => {
    if (names.includes(node.name)) found.push(node);
  });
  return found;
}

/** The nearest node of one of these names around another. */
export function around(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (names.includes(at.name)) return at;
  return undefined;
}

/** The name of a class or function, or that a call or attribute ends with. */
export function nameOf(node: SyntaxNode, file: PythonFile): string | undefined {
  switch (node.name) {
    case 'VariableName':
    case 'PropertyName':
      return textOf(node, file);
    case 'ClassDefinition':
    case 'FunctionDefinition': {
      const name = node.getChild('VariableName');
      return name ? textOf(name, file) : undefined;
    }
    case 'CallExpression':
      return node.firstChild ? nameOf(node.firstChild, file) : undefined;
    case 'MemberExpression': {
      const property = node.getChild('PropertyName');
      return property ? textOf(property, file) : undefined;
    }
    default:
      return undefined;
  }
}

/** Of a call or the bases of a class. */
export function argumentsOf(node: SyntaxNode, file: PythonFile): readonly Argument[] {
  const parts = partsOf(node.getChild('ArgList') ?? node);
  const list: Argument[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const [value, next, after] = [parts[at], parts[at + 1], parts[at + 2]];
    if (value && next?.name === 'AssignOp' && after) {
      list.push({ name: textOf(value, file), value: after });
      at += 2;
    } else if (value) list.push({ name: undefined, value });
  }
  return list;
}

/** What stands around a value without changing it. */
export function withoutParentheses(node: SyntaxNode): SyntaxNode {
  if (node.name !== 'ParenthesizedExpression') return node;
  const [inner] = partsOf(node);
  return inner ? withoutParentheses(inner) : node;
}
