// The order in which go-yaml writes the keys of a map: letters behind all else (in version 3 before it behind a digit), numbers in a text by
// what they amount to.

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

export function compareNaturally(a: string, b: string, version: 2 | 3 = 2): number {
  const [as, bs] = [Array.from(a), Array.from(b)];
  const at = as.findIndex((char, index) => char !== bs[index]);
  if (at < 0 || at >= bs.length) return as.length - bs.length;
  const [isLetterA, isLetterB] = [LETTER.test(as[at] ?? ''), LETTER.test(bs[at] ?? '')];
  if (isLetterA !== isLetterB) {
    const isFirst = version === 3 && DIGIT.test(as[at - 1] ?? '');
    return isLetterA === isFirst ? -1 : 1;
  }
  return compareFrom(as, bs, at);
}

// From the first place where they differ, with two letters or with none.
function compareFrom(as: readonly string[], bs: readonly string[], at: number): number {
  const [a = '', b = ''] = [as[at], bs[at]];
  if (LETTER.test(a)) return codeOf(a) - codeOf(b);
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
