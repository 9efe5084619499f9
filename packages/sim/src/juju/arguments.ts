// Parses command lines as Juju's hook commands do (github.com/juju/gnuflag): flags with one or two dashes, values joined or following,
// arguments and flags mixed, `--` ends the flags.

import { quote } from '@charmed/ops/internal';
import { HookContextError, type HookContext } from './hook-context.ts';
import { UsageError } from './usage-error.ts';

/** Says what is wrong with a flag's value, by throwing a {@link HookContextError}. */
export type FlagCheck = (value: string, context: HookContext) => void;

/** `flag` needs no value, `text` takes any; `sameAs` is another name of a flag. */
export type FlagKind = 'flag' | 'text' | FlagCheck | { readonly sameAs: string };

/** By name without dashes. */
export type FlagKinds = Readonly<Record<string, FlagKind>>;
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

export interface ParsedArguments {
  readonly flags: GivenFlags;
  readonly args: readonly string[];
}

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** @throws UsageError for a flag that the command does not know, or a value that does not fit. */
export function parseArguments(argv: readonly string[], kinds: FlagKinds, context: HookContext): ParsedArguments {
  const flags: Record<string, string | boolean> = {};
  const args: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { flags, args: [...args, ...rest] };
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      continue;
    }
    for (const { name, joined } of givenIn(word, kinds)) {
      const { name: known, kind } = kindOf(name, kinds);
      flags[known] = kind === 'flag' ? readFlag(name, joined) : readValue(name, joined ?? rest.shift(), kind, context);
      if (rest.length === 0) break; // gnuflag does not look at further letters of the last word
    }
  }
  return { flags, args };
}

interface Given {
  readonly name: string;
  readonly joined: string | undefined;
}

function* givenIn(word: string, kinds: FlagKinds): Generator<Given> {
  if (!word.startsWith('--')) return yield* shortFlags(word.slice(1), kinds);
  const equals = word.indexOf('=');
  if (equals === 2) throw new UsageError(`empty option in argument ${quote(word)}`);
  const end = equals < 0 ? word.length : equals;
  yield { name: word.slice(2, end), joined: equals < 0 ? undefined : word.slice(equals + 1) };
}

// Letters behind one dash are a flag each, until one that takes a value: the value is what is left of the word, `=` and all.
function* shortFlags(letters: string, kinds: FlagKinds): Generator<Given> {
  const [name = '', ...others] = Array.from(letters);
  const left = others.join('');
  const isAlone = left === '' || (kindOf(name, kinds).kind === 'flag' && !left.startsWith('='));
  yield { name, joined: isAlone ? undefined : left };
  if (isAlone && left !== '') yield* shortFlags(left, kinds);
}

function kindOf(name: string, kinds: FlagKinds): { readonly name: string; readonly kind: 'flag' | 'text' | FlagCheck } {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) throw new UsageError(`option provided but not defined: ${dashed(name)}`);
  return typeof kind === 'object' ? kindOf(kind.sameAs, kinds) : { name, kind };
}

function readValue(name: string, value: string | undefined, kind: 'text' | FlagCheck, context: HookContext): string {
  if (value === undefined) throw new UsageError(`option needs an argument: ${dashed(name)}`);
  if (kind === 'text') return value;
  try {
    kind(value, context);
  } catch (error) {
    if (error instanceof HookContextError) throw misfit(name, value, error.message);
    throw error;
  }
  return value;
}

function readFlag(name: string, value: string | undefined): boolean {
  if (value === undefined || TRUE.has(value)) return true;
  if (FALSE.has(value)) return false;
  throw misfit(name, value, `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`);
}

function misfit(name: string, value: string, reason: string): UsageError {
  return new UsageError(`invalid value ${quote(value)} for option ${dashed(name)}: ${reason}`);
}

function dashed(name: string): string {
  return Buffer.byteLength(name) > 1 ? `--${name}` : `-${name}`;
}
