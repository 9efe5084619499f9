// Parses command lines as Juju's hook commands do (github.com/juju/gnuflag): flags with one or two dashes, values joined by `=` or
// following, arguments and flags mixed, `--` ends the flags.

import { UsageError } from './usage-error.ts';

/** By name without dashes. Names of one letter have one dash. */
export type FlagKinds = Readonly<Record<string, 'flag' | 'text'>>;
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

export interface ParsedArguments {
  readonly flags: GivenFlags;
  readonly args: readonly string[];
}

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** @throws UsageError for a flag that the command does not know, or a value that does not fit. */
export function parseArguments(argv: readonly string[], kinds: FlagKinds): ParsedArguments {
  const flags: Record<string, string | boolean> = {};
  const args: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { flags, args: [...args, ...rest] };
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      continue;
    }
    const { name, option, joined } = splitFlag(word);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new UsageError(`option provided but not defined: ${option}`);
    flags[name] = kind === 'flag' ? readFlag(option, joined) : readText(option, joined ?? rest.shift());
  }
  return { flags, args };
}

function splitFlag(word: string): { readonly name: string; readonly option: string; readonly joined?: string } {
  const short = !word.startsWith('--');
  if (short) {
    const value = word.slice(2).replace(/^=/, '');
    return { name: word.slice(1, 2), option: word.slice(0, 2), ...(word.length > 2 && { joined: value }) };
  }
  const equals = word.indexOf('=');
  const option = equals < 0 ? word : word.slice(0, equals);
  return { name: option.slice(2), option, ...(equals >= 0 && { joined: word.slice(equals + 1) }) };
}

function readText(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`option needs an argument: ${option}`);
  return value;
}

function readFlag(option: string, value: string | undefined): boolean {
  if (value === undefined || TRUE.has(value)) return true;
  if (FALSE.has(value)) return false;
  const quoted = JSON.stringify(value);
  throw new UsageError(
    `invalid value ${quoted} for option ${option}: strconv.ParseBool: parsing ${quoted}: invalid syntax`,
  );
}
