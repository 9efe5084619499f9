// YAML as go-yaml (gopkg.in/yaml.v2) writes it: block style, two spaces, lists not indented below their key, keys in natural order.

import { GoTime } from './time.ts';
import { AnyList } from './value.ts';
import { compareNaturally } from './natural-order.ts';
import { yamlKey, yamlScalar } from './yaml-scalar.ts';

/** With one line end behind it, however many the value has. */
export function goYaml(value: unknown): string {
  return `${node(value, 0).replace(/^[ \n]+|\n+$/g, '')}\n`;
}

// What follows a `key:` or a `-`: a scalar behind a space, or a collection, on lines of its own if it is below a key.
function node(value: unknown, indent: number): string {
  const items = listOf(value);
  if (items) return items.length === 0 ? ' []' : `\n${list(items, indent)}`;
  const entries = entriesOf(value);
  if (entries) return entries.length === 0 ? ' {}' : `\n${mapping(entries, indent)}`;
  return ` ${yamlScalar(value, indent)}`;
}

function list(items: readonly unknown[], indent: number): string {
  return items.map((item) => `${spaces(indent)}-${inItem(item, indent + 2)}`).join('\n');
}

function mapping(entries: readonly Entry[], indent: number): string {
  return entries
    .map(([key, value]) => {
      const { text, isLong } = yamlKey(key, indent);
      if (isLong) return `${spaces(indent)}? ${text}\n${spaces(indent)}:${inItem(value, indent + 2)}`;
      return `${spaces(indent)}${text}:${node(value, listOf(value) ? indent : indent + 2)}`;
    })
    .join('\n');
}

// The first line of a collection stands behind the `-`.
function inItem(value: unknown, indent: number): string {
  return node(value, indent).replace(/^\n */, ' ');
}

type Entry = readonly [string, unknown];

function listOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof AnyList) return value.items;
  return Array.isArray(value) ? value : undefined;
}

function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, unknown>)].toSorted(([a], [b]) => compareNaturally(a, b));
  if (typeof value !== 'object' || value === null || value instanceof GoTime) return undefined;
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function spaces(count: number): string {
  return ' '.repeat(count);
}
