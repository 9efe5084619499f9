// Floating-point numbers as Go's strconv writes and reads them.

const DECIMAL = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i;
const UNDERSCORES_BETWEEN_DIGITS = /^[^_]*(?:(?<=[\dxXa-fA-F])_(?=[\da-fA-F])[^_]*)*$/;

/** As `%g`: with an exponent from a million on. */
export function formatFloat64(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Inf' : '+Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** As `ParseFloat`; `undefined` for what is no number or too large for one. */
export function parseFloat64(text: string): number | undefined {
  const special = /^(?:nan|([+-]?)inf(?:inity)?)$/i.exec(text);
  if (special) return special[1] === undefined ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!UNDERSCORES_BETWEEN_DIGITS.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const value = DECIMAL.test(digits) ? Number(digits) : hexadecimal(digits);
  return Number.isFinite(value) ? value : undefined;
}

function hexadecimal(text: string): number {
  const [, sign = '', whole = '', fraction = '', exponent = ''] = HEXADECIMAL.exec(text) ?? [];
  if (whole + fraction === '') return Number.NaN;
  const value = Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
