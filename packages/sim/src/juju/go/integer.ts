// Integers as Go's strconv reads them, with its complaints.

import { quote } from '@charmed/ops/internal';
import { HookContextError } from '../hook-context.ts';

const MAX = 2n ** 63n - 1n;
const PREFIXED = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const DECIMAL = /^([+-]?)([0-9]+)$/;

/** Decimal digits, as `strconv.Atoi`. @throws HookContextError */
export function atoi(text: string): number {
  return read('Atoi', text, DECIMAL);
}

/** Decimal, or with the prefix of another base, as `strconv.ParseInt` with base 0. @throws HookContextError */
export function parseInt0(text: string): number {
  return read('ParseInt', text, PREFIXED);
}

function read(name: string, text: string, syntax: RegExp): number {
  const [, sign = '', digits] = syntax.exec(text) ?? [];
  if (digits === undefined || /__|_$|^_/.test(digits)) throw complaint(name, text, 'invalid syntax');
  const value = BigInt(plain(digits, syntax));
  if (value > MAX) throw complaint(name, text, 'value out of range');
  return Number(sign === '-' ? -value : value);
}

// What JavaScript reads as the same number.
function plain(digits: string, syntax: RegExp): string {
  const joined = digits.replaceAll('_', '').toLowerCase();
  if (syntax === DECIMAL) return joined;
  return /^0[0-7]+$/.test(joined) ? `0o${joined.slice(1)}` : joined;
}

function complaint(name: string, text: string, reason: string): HookContextError {
  return new HookContextError(`strconv.${name}: parsing ${quote(text)}: ${reason}`);
}
