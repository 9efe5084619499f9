// `key=value` arguments, which several commands take. Follows github.com/juju/utils, keyvalues.

import { quote } from '@charmed/ops/internal';
import type { Settings } from './context/relation.ts';
import { UsageError } from './usage-error.ts';

/** Spaces around keys and values do not count. @throws UsageError for an argument that is not `key=value`, or has the key of another. */
export function keyValues(args: readonly string[]): Settings {
  const settings = new Map<string, string>();
  for (const arg of args) {
    if (arg === '') continue;
    const equals = arg.indexOf('=');
    if (equals < 0) throw new UsageError(`expected "key=value", got ${quote(arg)}`);
    const [key, value] = [trimmed(arg.slice(0, equals)), trimmed(arg.slice(equals + 1))];
    if (key === '') throw new UsageError(`expected "key=value", got "=${value}"`);
    if (settings.has(key)) throw new UsageError(`key ${quote(key)} specified more than once`);
    settings.set(key, value);
  }
  return Object.fromEntries(settings);
}

// What Go takes for a space differs from JavaScript in two characters.
function trimmed(text: string): string {
  const space = /(?:(?!\ufeff)[\s\u0085])/u.source;
  return text.replace(new RegExp(`^${space}+|${space}+$`, 'gu'), '');
}
