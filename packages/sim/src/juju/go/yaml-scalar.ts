// How go-yaml writes a scalar: plain where that reads back as the same text, else in quotes; literal if it has several lines.

import { GoTime } from './time.ts';
import { resolvesToText } from './yaml-resolve.ts';

/** A key of a mapping. One that is long, or has several lines, stands on a line of its own behind `? `. */
export function yamlKey(key: string, indent: number): { readonly text: string; readonly isLong: boolean } {
  const isLong = /[\n\r\u0085]/.test(key) || Buffer.byteLength(key) > 128;
  return { text: styled(key, indent + 2), isLong };
}

/** @param indent that of the lines below the first. */
export function yamlScalar(value: unknown, indent: number): string {
  if (typeof value === 'string') return styled(value, indent);
  if (value instanceof GoTime) return value.text;
  if (typeof value === 'number') return float(value);
  return JSON.stringify(value ?? null);
}

// Neither tabs nor characters beyond 16 bits are printable to go-yaml. The line ends that only Unicode knows are left out of this, too.
const SPECIAL = /["\\]|[^ !#-[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;

function styled(text: string, indent: number): string {
  const isSpecial = (text.match(SPECIAL) ?? []).some((char) => !'"\\\n'.includes(char));
  if (text.includes('\n')) return isSpecial || / \n| $/.test(text) ? doubleQuoted(text) : literal(text, indent);
  if (isSpecial || !resolvesToText(text)) return doubleQuoted(text);
  return /^ | $/.test(text) || hasIndicator(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

// Something that means more than itself outside of quotes.
function hasIndicator(text: string): boolean {
  return /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?: |$))|:(?: |$)| #/.test(text);
}

function literal(text: string, indent: number): string {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : /^\n$|\n\n$/.test(text) ? '+' : '';
  const margin = ' '.repeat(Math.max(indent, 2));
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

/** As Go's `%g`: with an exponent from a million on. Whole numbers are taken for integers. */
function float(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < 6) return String(value);
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
}
