// Prints values as Juju's hook commands do (github.com/juju/cmd, output.go): `smart` for people and shell scripts, JSON as Go writes it,
// YAML as go-yaml does.

import { goJson } from './go/json.ts';
import { goYaml } from './go/yaml.ts';

const FORMATS = ['json', 'smart', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

export function formatFrom(name: string): Format | undefined {
  return FORMATS.find((known) => known === name);
}

/** The text with its line end; empty for nothing. */
export function print(value: unknown, format: Format): string {
  if (format === 'json') return `${goJson(value)}\n`;
  if (value === undefined || value === null) return '';
  return format === 'yaml' ? goYaml(value) : smart(value);
}

function smart(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True\n' : 'False\n';
  const text = isStringList(value) ? value.join('\n') : value;
  if (typeof text === 'string') return text === '' ? '' : `${text}\n`;
  return goYaml(value);
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
