// JSON as Go's encoding/json writes it.

import { GoTime } from './time.ts';
import { AnyList } from './value.ts';

export function goJson(value: unknown): string {
  if (typeof value === 'string') return goString(value);
  if (value instanceof GoTime) return goString(value.text);
  if (value instanceof AnyList) return goJson(value.items);
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (value instanceof Map)
    return members([...value].toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  if (typeof value === 'object' && value !== null) return members(Object.entries(value));
  return JSON.stringify(value) ?? 'null';
}

function members(entries: readonly (readonly [string, unknown])[]): string {
  const given = entries.filter(([, value]) => value !== undefined);
  return `{${given.map(([key, value]) => `${goString(key)}:${goJson(value)}`).join(',')}}`;
}

// Go escapes what could end a script element, and what is a line end to JavaScript.
function goString(text: string): string {
  return JSON.stringify(text).replaceAll(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
