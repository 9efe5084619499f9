// Values that Python code writes down, as JSON has them.

import type { SyntaxNode } from '@lezer/common';
import { argumentsOf, nameOf, partsOf, textOf, withoutParentheses, type PythonFile } from './syntax.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};
const EMPTY: Readonly<Record<string, Json>> = { dict: {}, list: [], set: [], tuple: [], str: '' };

/** `undefined` for what only running tells, and for what JSON has not. */
export function valueOf(expression: SyntaxNode, file: PythonFile): Json | undefined {
  const node = withoutParentheses(expression);
  switch (node.name) {
    case 'None':
      return null;
    case 'Boolean':
      return textOf(node, file) === 'True';
    case 'Number':
      return numberOf(textOf(node, file));
    case 'UnaryExpression': {
      const text = textOf(node, file);
      return text.startsWith('-') ? numberOf(text) : undefined;
    }
    case 'String':
    case 'ContinuedString':
      return stringOf(node, file);
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return listOf(partsOf(node), file);
    case 'DictionaryExpression':
      return dictionaryOf(partsOf(node), file);
    case 'CallExpression':
      return argumentsOf(node, file).length === 0 ? EMPTY[nameOf(node, file) ?? ''] : undefined;
    default:
      return undefined;
  }
}

function numberOf(text: string): number | undefined {
  const number = Number(text.replaceAll('_', ''));
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? number : undefined;
}

/** The text of a literal, `undefined` for bytes and for what has escapes beyond the simple ones. */
export function stringOf(node: SyntaxNode, file: PythonFile): string | undefined {
  if (node.name === 'ContinuedString') {
    const texts = partsOf(node).map((part) => stringOf(part, file));
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }
  if (node.name !== 'String') return undefined;
  const { prefix = '', inner } =
    /^(?<prefix>\w*)(?<quote>"""|'''|"|')(?<inner>[^]*)\k<quote>$/.exec(textOf(node, file))?.groups ?? {};
  if (inner === undefined || /b/i.test(prefix)) return undefined;
  if (/r/i.test(prefix)) return inner;
  const text = inner.replaceAll(/\\([^])/g, (escape, character: string) => ESCAPES[character] ?? escape);
  return inner.replaceAll(/\\[ntr\\'"\n]/g, '').includes('\\') ? undefined : text;
}

function listOf(parts: readonly SyntaxNode[], file: PythonFile): readonly Json[] | undefined {
  const values = parts.map((part) => valueOf(part, file));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function dictionaryOf(parts: readonly SyntaxNode[], file: PythonFile): Json | undefined {
  const fields: [string, Json][] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [key, value] = [parts[at], parts[at + 1]].map((part) => part && valueOf(part, file));
    if (typeof key !== 'string' || value === undefined) return undefined;
    fields.push([key, value]);
  }
  return Object.fromEntries(fields);
}
