// The content of secrets, as `key=value`, `key#base64=value` and `key#file=path` arguments or as a YAML file.
// Follows juju/juju core/secrets/createsecret.go.

import { quote, reasonOf } from '@charmed/ops/internal';
import type { CommandCall } from './command.ts';
import type { SecretContent } from './context/secret.ts';
import { settingsFrom } from './settings-file.ts';
import { UsageError } from './usage-error.ts';

const KEY = /^[a-z](?:-?[a-z0-9]){2,}$/;
const MAX_BYTES = 1_000_000;

/** @throws UsageError */
export function secretDataIn({
  args,
  flags,
  readFile,
}: Pick<CommandCall, 'args' | 'flags' | 'readFile'>): SecretContent {
  const given = args.map((arg) => entryIn(arg, readFile));
  const fromFile = flags.file ? fileEntries(String(flags.file), readFile) : [];
  return { ...encoded(given), ...encoded(fromFile) };
}

type Entry = readonly [key: string, value: string | Buffer];

// The padding of a base64 value is no sign between key and value.
function entryIn(arg: string, readFile: CommandCall['readFile']): Entry {
  const equals = arg.replace(/=+$/, '').indexOf('=');
  if (equals < 1) throw new UsageError(`key value ${quote(arg)} not valid`);
  const [key, value] = [arg.slice(0, equals), arg.slice(equals + 1)];
  if (!key.endsWith('#file')) return [key, value];
  const name = key.slice(0, -'#file'.length);
  return [name, usable(() => readFile(value), `reading content for secret key ${quote(name)}: `)];
}

function fileEntries(path: string, readFile: CommandCall['readFile']): readonly Entry[] {
  return Object.entries(usable(() => settingsFrom(readFile(path).toString()), ''));
}

function usable<T>(read: () => T, about: string): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${about}${reasonOf(error)}`);
  }
}

function encoded(entries: readonly Entry[]): SecretContent {
  const content = entries.map(([given, value]) => {
    const isEncoded = given.endsWith('#base64');
    const key = isEncoded ? given.slice(0, -'#base64'.length) : given;
    if (!KEY.test(key)) throw new UsageError(`key ${quote(key)} not valid`);
    const text = isEncoded ? value.toString() : Buffer.from(value).toString('base64');
    if (text.length > MAX_BYTES) {
      throw new UsageError(`base64 encoded secret content for key ${quote(key)} too large: ${text.length} bytes`);
    }
    return [key, text] as const;
  });
  const total = content.reduce((sum, [, text]) => sum + text.length, 0);
  if (total > MAX_BYTES) throw new UsageError(`base64 encoded secret content too large: ${total} bytes`);
  return Object.fromEntries(content);
}
