// How go-yaml writes a scalar: plain where that reads back as the same text, else in quotes; literal if it has several lines.

import { formatFloat64 } from '@charmed/ops/internal';
import { GoTime } from './time.ts';
import { GoFloat } from './value.ts';
import { resolvesToText } from './yaml-resolve.ts';

/** A key of a mapping. One that is long, or has several lines, stands on a line of its own behind `? `. */
export function yamlKey(
  key: string,
  indent: number,
  step: number,
): { readonly text: string; readonly isLong: boolean } {
  const isLong = /[\n\r\u0085]/.test(key) || Buffer.byteLength(key) > 128;
  return { text: styled(key, indent + step, step), isLong };
}

/** @param indent that of the lines below the first. @param step by how much each level is indented. */
export function yamlScalar(value: unknown, indent: number, step: number): string {
  if (typeof value === 'string') return styled(value, indent, step);
  if (value instanceof GoTime) return value.text;
  if (value instanceof GoFloat) return float(value.value);
  if (typeof value === 'number') return number(value);
  return JSON.stringify(value ?? null);
}

// Neither tabs nor characters beyond 16 bits are printable to go-yaml. The line ends that only Unicode knows are left out of this, too.
const SPECIAL = /["\\]|[^ !#-[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;

function styled(text: string, indent: number, step: number): string {
  const isSpecial = (text.match(SPECIAL) ?? []).some((char) => !'"\\\n'.includes(char));
  if (text.includes('\n')) return isSpecial || / \n| $/.test(text) ? doubleQuoted(text) : literal(text, indent, step);
  if (isSpecial || !resolvesToText(text)) return doubleQuoted(text);
  return /^ | $/.test(text) || hasIndicator(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

// Something that means more than itself outside of quotes.
function hasIndicator(text: string): boolean {
  return /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?: |$))|:(?: |$)| #/.test(text);
}

function literal(text: string, indent: number, step: number): string {
  const indentation = /^[ \n]/.test(text) ? step : '';
  const chomping = !text.endsWith('\n') ? '-' : /^\n$|\n\n$/.test(text) ? '+' : '';
  const margin = ' '.repeat(Math.max(indent, step));
  const lines = text.replace(/\n$/, '').split('\n');
  return [`|${indentation}${chomping}`, ...lines.map((line) => (line === '' ? '' : margin + line))].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string): string {
  return `"${text.replaceAll(SPECIAL, escaped)}"`;
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code < 0x1_00) return ESCAPES[char] ?? `\\x${hex.padStart(2, '0')}`;
  return ESCAPES[char] ?? (code < 0x1_00_00 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`);
}

// Whole numbers are taken for integers.
function number(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : float(value);
}

function float(value: number): string {
  if (Number.isFinite(value)) return formatFloat64(value);
  return Number.isNaN(value) ? '.nan' : `${value < 0 ? '-' : ''}.inf`;
}
