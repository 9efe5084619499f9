// The order in which go-yaml writes the keys of a map: letters behind all else, numbers in a text by what they amount to.

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

export function compareNaturally(a: string, b: string): number {
  const [as, bs] = [Array.from(a), Array.from(b)];
  const at = as.findIndex((char, index) => char !== bs[index]);
  if (at < 0 || at >= bs.length) return as.length - bs.length;
  return compareFrom(as, bs, at);
}

// From the first place where they differ.
function compareFrom(as: readonly string[], bs: readonly string[], at: number): number {
  const [a = '', b = ''] = [as[at], bs[at]];
  const [isLetterA, isLetterB] = [LETTER.test(a), LETTER.test(b)];
  if (isLetterA && isLetterB) return codeOf(a) - codeOf(b);
  if (isLetterA || isLetterB) return isLetterA ? 1 : -1;
  const lead = (a === '0' || b === '0') && followsNumber(as, at) ? 1n : 0n;
  const [digitsA, digitsB] = [digitsFrom(as, at), digitsFrom(bs, at)];
  const [amountA, amountB] = [amount(lead, digitsA), amount(lead, digitsB)];
  if (amountA !== amountB) return amountA < amountB ? -1 : 1;
  return digitsA.length - digitsB.length || codeOf(a) - codeOf(b);
}

// Digits of other scripts count by their distance from 0, and what overflows 64 bits overflows.
function amount(lead: bigint, digits: readonly string[]): bigint {
  return digits.reduce((sum, digit) => BigInt.asIntN(64, sum * 10n + BigInt(codeOf(digit) - codeOf('0'))), lead);
}

// Zeros inside of a number count, those at its front do not.
function followsNumber(chars: readonly string[], at: number): boolean {
  const before = chars.slice(0, at);
  const start = before.findLastIndex((char) => !DIGIT.test(char)) + 1;
  return before.slice(start).some((char) => char !== '0');
}

function digitsFrom(chars: readonly string[], at: number): readonly string[] {
  const rest = chars.slice(at);
  const end = rest.findIndex((char) => !DIGIT.test(char));
  return end < 0 ? rest : rest.slice(0, end);
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
