// YAML as go-yaml writes it, of version 2 or 3: block style, keys in natural order.

import { GoTime } from './time.ts';
import { AnyList, GoFloat } from './value.ts';
import { compareNaturally } from './natural-order.ts';
import { yamlKey, yamlScalar } from './yaml-scalar.ts';

interface Layout {
  readonly version: 2 | 3;
  readonly step: number;
  /** How much lists are indented below their key. */
  readonly listStep: number;
}

const yamlV2: Layout = { version: 2, step: 2, listStep: 0 };
export const yamlV3: Layout = { version: 3, step: 4, listStep: 4 };

/** With one line end behind it, however many the value has. */
export function goYaml(value: unknown, layout: Layout = yamlV2): string {
  return `${node(value, 0, layout).replace(/^[ \n]+|\n+$/g, '')}\n`;
}

// What follows a `key:` or a `-`: a scalar behind a space, or a collection, on lines of its own if it is below a key.
function node(value: unknown, indent: number, layout: Layout): string {
  const items = listOf(value);
  if (items) return items.length === 0 ? ' []' : `\n${list(items, indent, layout)}`;
  const entries = entriesOf(value, layout.version);
  if (entries) return entries.length === 0 ? ' {}' : `\n${mapping(entries, indent, layout)}`;
  return ` ${yamlScalar(value, indent, layout.step)}`;
}

function list(items: readonly unknown[], indent: number, layout: Layout): string {
  return items.map((item) => `${spaces(indent)}-${inItem(item, indent + 2, layout)}`).join('\n');
}

function mapping(entries: readonly Entry[], indent: number, layout: Layout): string {
  const { step, listStep } = layout;
  return entries
    .map(([key, value]) => {
      const { text, isLong } = yamlKey(key, indent, step);
      if (isLong) return `${spaces(indent)}? ${text}\n${spaces(indent)}:${inItem(value, indent + 2, layout)}`;
      return `${spaces(indent)}${text}:${node(value, indent + (listOf(value) ? listStep : step), layout)}`;
    })
    .join('\n');
}

// The first line of a collection stands behind the `-`.
function inItem(value: unknown, indent: number, layout: Layout): string {
  return node(value, indent, layout).replace(/^\n */, ' ');
}

type Entry = readonly [string, unknown];

function listOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof AnyList) return value.items;
  return Array.isArray(value) ? value : undefined;
}

function entriesOf(value: unknown, version: 2 | 3): readonly Entry[] | undefined {
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, unknown>)].toSorted(([a], [b]) => compareNaturally(a, b, version));
  if (typeof value !== 'object' || value === null || value instanceof GoTime || value instanceof GoFloat)
    return undefined;
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function spaces(count: number): string {
  return ' '.repeat(count);
}
