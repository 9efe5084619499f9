// Prints values as Juju's hook commands do: `smart` for people and shell scripts, JSON as Go writes it, YAML as go-yaml does.

import { Document } from 'yaml';
import { UsageError } from './usage-error.ts';

const FORMATS = ['json', 'smart', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

/** @throws UsageError for an unknown format. */
export function formatFrom(name: string): Format {
  const format = FORMATS.find((known) => known === name);
  if (format) return format;
  throw new UsageError(
    `invalid value ${JSON.stringify(name)} for option --format: unknown format ${JSON.stringify(name)}`,
  );
}

/** The text with its line end; empty for nothing. */
export function print(value: unknown, format: Format): string {
  if (format === 'json') return `${goJson(value)}\n`;
  if (value === undefined || value === null) return '';
  return format === 'yaml' ? goYaml(value) : smart(value);
}

/** A list that `smart` prints as YAML: in Go one of anything, not one of strings. */
export class AnyList {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

function smart(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '' : `${value}\n`;
  if (typeof value === 'boolean') return value ? 'True\n' : 'False\n';
  if (Array.isArray(value)) return value.map((line) => `${line}\n`).join('');
  return goYaml(value);
}

// Go escapes what could end a script element.
function goJson(value: unknown): string {
  const text = JSON.stringify(plain(value) ?? null);
  return text.replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// go-yaml quotes what YAML 1.1 would read as something else.
function goYaml(value: unknown): string {
  return new Document(plain(value), { version: '1.1', schema: 'yaml-1.1' }).toString({ lineWidth: 0 });
}

function plain(value: unknown): unknown {
  return value instanceof AnyList ? value.items : value;
}

/** A Go map: printed by sorted key. */
export function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
