// `key=value` arguments and YAML files of settings, which several commands take.

import { LineCounter, parseDocument } from 'yaml';
import { HookContextError, type Settings } from './hook-context.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for an argument that is not `key=value`. */
export function keyValues(args: readonly string[]): Settings {
  return Object.fromEntries(args.map(keyValue));
}

function keyValue(arg: string): readonly [string, string] {
  const equals = arg.indexOf('=');
  if (equals <= 0) throw new UsageError(`expected "key=value", got ${JSON.stringify(arg)}`);
  return [arg.slice(0, equals), arg.slice(equals + 1)];
}

/** A YAML mapping of strings; other scalars are taken as they are written. @throws HookContextError for anything else. */
export function settingsFrom(text: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const [error] = document.errors;
  if (error)
    throw new HookContextError(`yaml: line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n', 1)[0]}`);
  const value: unknown = document.toJS();
  if (value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw mismatch(value, 'map[string]string');
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, textOf(entry)]));
}

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  throw mismatch(value, 'string');
}

function mismatch(value: unknown, expected: string): HookContextError {
  const tag = Array.isArray(value) ? '!!seq' : typeof value === 'object' ? '!!map' : '!!str';
  return new HookContextError(`yaml: unmarshal errors:\n  line 1: cannot unmarshal ${tag} into ${expected}`);
}
